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

    [TestInitialize]
    public void SkipOnTheStandIn()
    {
        if (TestEngineFactory.IsStandIn)
            Assert.Inconclusive(
                "Babelfish: SqlBulkCopy does not find the columns of a table there, and the program has no other way to insert rows.");
    }

    private protected override TestStore NewStore() => new SqlServerStore();
}
