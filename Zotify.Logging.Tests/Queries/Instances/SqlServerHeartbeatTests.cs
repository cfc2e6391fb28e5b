using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Instances;

[TestClass]
[SqlServerCondition]
public sealed class SqlServerHeartbeatTests : HeartbeatContract
{
    private protected override TestStore NewStore() => new SqlServerStore();
}
