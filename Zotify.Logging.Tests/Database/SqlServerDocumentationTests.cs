using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database;

[TestClass]
[SqlServerCondition]
public sealed class SqlServerDocumentationTests : DocumentationContract
{
    private protected override string Engine => "SQL Server";

    private protected override TestStore NewStore() => new SqlServerStore();
}
