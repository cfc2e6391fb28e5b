using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Texts;

[TestClass]
public sealed class SqliteKilledTextIndexTests : KilledTextIndexContract
{
    private protected override string ConnectionString => $"Data Source={((SqliteStore)Store).File}";

    private protected override TestStore NewStore() => new SqliteStore();
}
