using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Texts;

[TestClass]
public sealed class SqliteTextMaintenanceTests : TextMaintenanceContract
{
    private protected override TestStore NewStore() => new SqliteStore();
}
