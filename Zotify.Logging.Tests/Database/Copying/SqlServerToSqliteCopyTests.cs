using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Copying;

[TestClass]
[SqlServerCondition]
public sealed class SqlServerToSqliteCopyTests : CopyContract
{
    private protected override TestStore NewStore() => new SqlServerStore();

    private protected override TestStore NewTarget() => new SqliteStore();

    [TestMethod]
    public async Task A_lone_surrogate_is_replaced_as_it_is_everywhere()
    {
        if (StandIn.IsUsed) Assert.Inconclusive("The stand-in keeps no lone surrogates.");
        await FillAsync();
        await Store.ExecuteAsync("UPDATE job_logs SET message = NCHAR(0xD800) + N'x' WHERE seq = 9");

        await Scene.CopyAsync(Cancellation);

        Assert.AreEqual("\uFFFDx", await Scene.Target.ReadTextAsync("SELECT message FROM job_logs WHERE seq = 9"));
    }
}
