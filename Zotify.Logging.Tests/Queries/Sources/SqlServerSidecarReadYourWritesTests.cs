using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Sources;

[TestClass]
[SqlServerCondition]
public sealed class SqlServerSidecarReadYourWritesTests : SidecarReadYourWritesContract
{
    // One test is about a database that has no tables yet.
    private protected override TestStore NewStore() => TestContext.TestName == nameof(A_source_that_is_not_there_yet_is_not_waited_for)
        ? SqlServerStore.Empty()
        : new SqlServerStore();
}
