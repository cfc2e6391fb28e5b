using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Copying;

[TestClass]
[SqlServerCondition]
public sealed class SqliteToSqlServerCopyTests : CopyContract
{
    private protected override TestStore NewStore() => new SqliteStore();

    private protected override TestStore NewTarget() => new SqlServerStore();
}
