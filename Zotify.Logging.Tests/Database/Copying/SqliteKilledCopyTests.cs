using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Copying;

[TestClass]
public sealed class SqliteKilledCopyTests : KilledCopyContract
{
    private protected override TestStore NewBetween() => new SqliteStore();
}
