using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Sources;

[TestClass]
[SqlServerCondition]
public sealed class SqlServerSourceFreshnessTests : SourceFreshnessContract
{
    private protected override TestStore NewStore() => new SqlServerStore();
}
