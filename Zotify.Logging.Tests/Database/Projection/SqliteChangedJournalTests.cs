using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Projection;

[TestClass]
public sealed class SqliteChangedJournalTests : ChangedJournalContract
{
    private protected override TestStore NewStore() => new SqliteStore();
}
