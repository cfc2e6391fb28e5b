using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Audit;

[TestClass]
[SqlServerCondition]
public sealed class SqlServerAuditUnindexedRowsTests : AuditUnindexedRowsContract
{
    private protected override TestStore NewStore() => new SqlServerStore();
}
