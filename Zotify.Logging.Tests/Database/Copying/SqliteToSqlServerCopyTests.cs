using Zotify.Logging.Copying;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Copying;

[TestClass]
[SqlServerCondition]
public sealed class SqliteToSqlServerCopyTests : CopyContract
{
    private protected override TestStore NewStore() => new SqliteStore();

    private protected override TestStore NewTarget() => SqlServerStore.Empty();

    [TestMethod]
    public async Task A_row_that_the_target_refuses_is_named_and_those_before_it_are_there()
    {
        Scene.Refuses = true;
        await FillAsync();
        await Store.ExecuteAsync("UPDATE job_logs SET properties = 'no JSON' WHERE seq = 9");

        var failed = await Assert.ThrowsExactlyAsync<CopyFailedException>(() => Scene.CopyAsync(Cancellation));

        Assert.StartsWith("job_logs: the target refuses the row with id '9': ", failed.Message);
        Assert.AreEqual("8", await Scene.Target.ReadTextAsync("SELECT MAX(seq) FROM job_logs"));
        await Store.ExecuteAsync("UPDATE job_logs SET properties = NULL WHERE seq = 9");
        await Scene.CopyAsync(Cancellation);
    }
}
