using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database;

[TestClass]
[SqlServerCondition]
public sealed class SqlServerLaterStatementsTests : LaterStatementsContract
{
    private protected override TestStore NewStore() => new SqlServerStore();
}
