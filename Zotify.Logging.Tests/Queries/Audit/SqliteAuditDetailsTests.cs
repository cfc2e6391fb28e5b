using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Audit;

[TestClass]
public sealed class SqliteAuditDetailsTests : AuditDetailsContract
{
    private protected override TestStore NewStore() => new SqliteStore();
}
