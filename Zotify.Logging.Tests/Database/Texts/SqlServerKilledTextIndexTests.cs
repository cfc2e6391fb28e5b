using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Texts;

[TestClass]
[SqlServerCondition]
public sealed class SqlServerKilledTextIndexTests : KilledTextIndexContract
{
    private protected override string ConnectionString => ((SqlServerStore)Store).ConnectionString;

    private protected override TestStore NewStore() => new SqlServerStore();
}
