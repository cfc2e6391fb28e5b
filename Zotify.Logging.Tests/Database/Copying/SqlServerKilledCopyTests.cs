using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Copying;

[TestClass]
[SqlServerCondition]
public sealed class SqlServerKilledCopyTests : KilledCopyContract
{
    private protected override TestStore NewBetween() => SqlServerStore.Empty();
}
