using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database;

[TestClass]
[SqlServerCondition]
public sealed class SqlServerSchemaTests : SchemaContract
{
    private protected override TestStore NewStore() => SqlServerStore.Empty();
}
