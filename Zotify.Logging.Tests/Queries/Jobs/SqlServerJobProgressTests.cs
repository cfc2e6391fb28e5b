using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Jobs;

[TestClass]
[SqlServerCondition]
public sealed class SqlServerJobProgressTests : JobProgressContract
{
    private protected override TestStore NewStore() => new SqlServerStore();
}
