using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.EndToEnd;

[TestClass]
public sealed class SqliteTwoInstancesTests : TwoInstancesContract
{
    private protected override string[] DatabaseSettings =>
        [$"Logging:Zotify:Database:ConnectionString=Data Source={((SqliteStore)Store).File}"];

    private protected override TestStore NewStore() => new SqliteStore();
}
