using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Instances;

[TestClass]
public sealed class SqliteStalledJobsTests : StalledJobsContract
{
    private protected override TestStore NewStore() => new SqliteStore();
}
