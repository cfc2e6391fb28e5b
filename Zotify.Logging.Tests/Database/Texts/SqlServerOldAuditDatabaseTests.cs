using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Texts;

[TestClass]
[SqlServerCondition]
public sealed class SqlServerOldAuditDatabaseTests : OldAuditDatabaseContract
{
    private protected override TestStore NewStore() => SqlServerStore.Empty();
}
