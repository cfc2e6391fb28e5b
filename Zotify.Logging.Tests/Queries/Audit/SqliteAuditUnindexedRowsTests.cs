using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Audit;

[TestClass]
public sealed class SqliteAuditUnindexedRowsTests : AuditUnindexedRowsContract
{
    private protected override TestStore NewStore() => new SqliteStore();
}
