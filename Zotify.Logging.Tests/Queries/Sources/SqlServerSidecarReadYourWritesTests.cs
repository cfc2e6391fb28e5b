using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Sources;

[TestClass]
[SqlServerCondition]
public sealed class SqlServerSidecarReadYourWritesTests : SidecarReadYourWritesContract
{
    private protected override TestStore NewStore() => new SqlServerStore();
}
