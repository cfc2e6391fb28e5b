using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Projection.Identity;

[TestClass]
[SqlServerCondition]
public sealed class SqlServerCopiedDirectoryTests : CopiedDirectoryContract
{
    private protected override TestStore NewStore() => new SqlServerStore();
}
