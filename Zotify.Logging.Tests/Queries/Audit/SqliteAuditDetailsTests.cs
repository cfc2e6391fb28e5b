using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Audit;

[TestClass]
public sealed class SqliteAuditDetailsTests : AuditDetailsContract
{
    private protected override TestStore NewStore() => new SqliteStore();

    /// <summary>SQL Server refuses it.</summary>
    [TestMethod]
    [DataRow("{")]
    [DataRow("")]
    [DataRow("{} x")]
    public Task A_row_that_somebody_changed_hides_no_other_row(string json) => HidesNoOtherAsync(json);
}
