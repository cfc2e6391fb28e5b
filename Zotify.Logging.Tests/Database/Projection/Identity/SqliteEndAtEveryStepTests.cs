using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Projection.Identity;

[TestClass]
public sealed class SqliteEndAtEveryStepTests : EndAtEveryStepContract
{
    private protected override TestStore NewStore() => new SqliteStore();
}
