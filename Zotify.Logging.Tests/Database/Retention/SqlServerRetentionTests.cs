using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Retention;

[TestClass]
[SqlServerCondition]
public sealed class SqlServerRetentionTests : RetentionContract
{
    private protected override TestStore NewStore() => new SqlServerStore();
}
