using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Instances;

[TestClass]
public sealed class SqliteHeartbeatTests : HeartbeatContract
{
    private protected override TestStore NewStore() => new SqliteStore();
}
