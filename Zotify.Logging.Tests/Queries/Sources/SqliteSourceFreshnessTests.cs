using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Sources;

[TestClass]
public sealed class SqliteSourceFreshnessTests : SourceFreshnessContract
{
    private protected override TestStore NewStore() => new SqliteStore();
}
