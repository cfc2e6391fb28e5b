using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Texts;

[TestClass]
[SqlServerCondition]
public sealed class SqlServerIdleWorkTests : IdleWorkContract
{
    private protected override TestStore NewStore() => new SqlServerStore();
}
