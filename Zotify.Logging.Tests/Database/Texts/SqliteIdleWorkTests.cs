using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Texts;

[TestClass]
public sealed class SqliteIdleWorkTests : IdleWorkContract
{
    private protected override TestStore NewStore() => new SqliteStore();
}
