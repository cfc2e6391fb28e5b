using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Retention;

[TestClass]
public sealed class SqliteRetentionTests : RetentionContract
{
    private protected override TestStore NewStore() => new SqliteStore();
}
