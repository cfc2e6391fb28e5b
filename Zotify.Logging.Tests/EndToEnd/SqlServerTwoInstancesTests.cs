using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.EndToEnd;

[TestClass]
[SqlServerCondition]
public sealed class SqlServerTwoInstancesTests : TwoInstancesContract
{
    private protected override string[] DatabaseSettings =>
        [
            "Logging:Zotify:Database:Provider=SqlServer",
            $"Logging:Zotify:Database:ConnectionString={((SqlServerStore)Store).ConnectionString}"
        ];

    private protected override TestStore NewStore() => new SqlServerStore();
}
