using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database;

[TestClass]
public sealed class SqliteLaterStatementsTests : LaterStatementsContract
{
    private protected override TestStore NewStore() => new SqliteStore();
}
