using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Copying;

[TestClass]
[SqlServerCondition]
public sealed class SqlServerToSqliteCopyTests : CopyContract
{
    private protected override TestStore NewStore() => new SqlServerStore();

    private protected override TestStore NewTarget() => new SqliteStore();
}
