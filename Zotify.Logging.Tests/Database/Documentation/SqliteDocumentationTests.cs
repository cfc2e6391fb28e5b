using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Documentation;

[TestClass]
public sealed class SqliteDocumentationTests : DocumentationContract
{
    private protected override string Engine => "SQLite";

    private protected override TestStore NewStore() => new SqliteStore();

    private protected override async Task<(string Section, string[] Keys, string[] Indexes)> IndexesAsync()
    {
        var names = await Store.ReadTextAsync("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL");
        return ("## SQLite: its indexes\n", [], names.Split('\n'));
    }
}
