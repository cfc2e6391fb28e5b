using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Jobs;

[TestClass]
public sealed class SqliteJobLogsTests : JobLogsContract
{
    private protected override TestStore NewStore() => new SqliteStore();

    /// <summary>SQL Server refuses it.</summary>
    [TestMethod]
    [DataRow("{")]
    [DataRow("")]
    [DataRow("{} x")]
    public Task An_entry_that_somebody_changed_hides_no_other_entry(string json) => HidesNoOtherAsync(json);
}
