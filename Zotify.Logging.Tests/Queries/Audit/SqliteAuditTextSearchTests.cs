using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Audit;

[TestClass]
public sealed class SqliteAuditTextSearchTests : AuditTextSearchContract
{
    private protected override TestStore NewStore() => new SqliteStore();
}
