using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Projection;

[TestClass]
[SqlServerCondition]
public sealed class SqlServerJobProjectionTests : JobProjectionContract
{
    private protected override TestStore NewStore() => new SqlServerStore();
}
