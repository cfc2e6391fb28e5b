using Zotify.Logging.Copying;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Copying;

[TestClass]
public sealed class SqliteToSqliteCopyTests : CopyContract
{
    private protected override TestStore NewStore() => new SqliteStore();

    private protected override TestStore NewTarget() => new SqliteStore();

    [TestMethod]
    public async Task A_value_of_the_source_that_cannot_be_read_is_named_by_its_row()
    {
        await FillAsync();
        await Store.ExecuteAsync("UPDATE job_logs SET timestamp = 'yesterday' WHERE seq = 9");

        var failed = await Assert.ThrowsExactlyAsync<CopyFailedException>(() => Scene.CopyAsync(Cancellation));

        Assert.StartsWith("job_logs: the row after id 8 of the source cannot be read: ", failed.Message);
    }
}
