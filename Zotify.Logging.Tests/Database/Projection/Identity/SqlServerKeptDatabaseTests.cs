using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Projection.Identity;

[TestClass]
[SqlServerCondition]
public sealed class SqlServerKeptDatabaseTests : KeptDatabaseContract
{
    private protected override TestStore NewStore() => new SqlServerStore();
}
