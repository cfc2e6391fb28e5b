using System.Data.Common;
using Zotify.Logging.Projection;
using Zotify.Logging.Tests.Database.SqlServer;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Documentation;

/// <summary>
/// The blocks of SQL in the documents run on the tables of SQLite, and those for SQL Server are T-SQL. The ten questions of
/// <c>docs/sql.md</c> have tests of their own, which compare the answers on both engines.
/// </summary>
[TestClass]
public sealed class SqlBlockTests : StoreContract
{
    private const string SqlServer = "In SQL Server:\n\n";

    [TestMethod]
    public async Task They_run()
    {
        // Makes the tables.
        Journal.Append(Lines.Audit("user.login", Lines.Noon));
        await ProjectAsync(new AuditProjection());
        await using var connection = Store.Connect();
        foreach (var block in Documents.Blocks("sql"))
        {
            var before = string.Join('\n', Documents.Read(block.Document).Split('\n').Take(block.Line - 1)) + '\n';
            if (before.EndsWith(SqlServer, StringComparison.Ordinal))
            {
                TransactSql.AssertParses(block.Text);
                continue;
            }

            await using var command = connection.CreateCommand();
            command.CommandText = block.Text;
            try
            {
                await using var reader = await command.ExecuteReaderAsync(Cancellation);
            }
            catch (DbException fault)
            {
                Assert.Fail($"{block}: {fault.Message}");
            }
        }
    }

    private protected override TestStore NewStore() => new SqliteStore();
}
