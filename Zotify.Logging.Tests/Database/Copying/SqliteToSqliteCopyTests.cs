using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Copying;

[TestClass]
public sealed class SqliteToSqliteCopyTests : CopyContract
{
    private protected override TestStore NewStore() => new SqliteStore();

    private protected override TestStore NewTarget() => new SqliteStore();
}
