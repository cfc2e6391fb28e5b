using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Projection.Identity;

[TestClass]
[SqlServerCondition]
public sealed class SqlServerCutJournalTests : CutJournalContract
{
    private protected override TestStore NewStore() => new SqlServerStore();
}
