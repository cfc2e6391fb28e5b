using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Texts;

[TestClass]
[SqlServerCondition]
public sealed class SqlServerTextIndexTests : TextIndexContract
{
    private protected override TestStore NewStore() => new SqlServerStore();
}
