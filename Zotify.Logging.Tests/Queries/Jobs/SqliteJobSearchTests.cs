using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Jobs;

[TestClass]
public sealed class SqliteJobSearchTests : JobSearchContract
{
    private protected override TestStore NewStore() => new SqliteStore();
}
