using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Sources;

[TestClass]
public sealed class SqliteSidecarReadYourWritesTests : SidecarReadYourWritesContract
{
    private protected override TestStore NewStore() => new SqliteStore();
}
