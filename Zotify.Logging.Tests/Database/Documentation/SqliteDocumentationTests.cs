using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Documentation;

[TestClass]
public sealed class SqliteDocumentationTests : DocumentationContract
{
    private protected override string Engine => "SQLite";

    private protected override TestStore NewStore() => new SqliteStore();
}
