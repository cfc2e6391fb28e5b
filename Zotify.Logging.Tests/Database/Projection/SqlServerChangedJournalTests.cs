using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Projection;

[TestClass]
[SqlServerCondition]
public sealed class SqlServerChangedJournalTests : ChangedJournalContract
{
    private protected override TestStore NewStore() => new SqlServerStore();
}
