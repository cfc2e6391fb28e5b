using System.Data.Common;
using Microsoft.Data.SqlClient;
using Zotify.Logging.SqlServer;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>A transaction that a connection is enlisted in ends as any other one does.</summary>
[TestClass]
[SqlServerCondition]
public sealed class EnlistedTransactionTests : StoreContract
{
    private protected override TestStore NewStore() => new SqlServerStore();

    [TestMethod]
    public async Task It_commits_all_of_its_rows_or_rolls_all_back()
    {
        await using var connection = Connect();
        await using (EnlistedTransaction.Begin(connection)) await InsertAsync(connection, "gone");
        await using (var transaction = EnlistedTransaction.Begin(connection))
        {
            await InsertAsync(connection, "m1/app");
            await InsertAsync(connection, "m2/app");
            await transaction.CommitAsync(Cancellation);
        }

        Assert.AreEqual("m1/app\nm2/app", await Store.ReadTextAsync("SELECT instance FROM instances ORDER BY instance"));
    }

    [TestMethod]
    public async Task After_a_statement_that_fails_nothing_is_committed_and_the_connection_goes_on()
    {
        await using var connection = Connect();
        await ExecuteAsync(connection, "SET XACT_ABORT ON");
        await using (var transaction = EnlistedTransaction.Begin(connection))
        {
            await InsertAsync(connection, "gone");
            await Assert.ThrowsExactlyAsync<SqlException>(() => InsertAsync(connection, "gone"));
        }

        await using (var transaction = EnlistedTransaction.Begin(connection))
        {
            await InsertAsync(connection, "m1/app");
            await transaction.CommitAsync(Cancellation);
        }

        Assert.AreEqual("m1/app", await Store.ReadTextAsync("SELECT instance FROM instances"));
    }

    [TestMethod]
    public async Task A_commit_whose_connection_is_lost_fails_with_the_drivers_error()
    {
        var proxy = new LyingProxy(((SqlServerStore)Store).ConnectionString);
        await using var connection = new SqlConnection(proxy.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var transaction = EnlistedTransaction.Begin(connection);
        await InsertAsync(connection, "gone");
        await proxy.DisposeAsync();

        await Assert.ThrowsAsync<DbException>(() => transaction.CommitAsync(Cancellation));

        Assert.AreEqual("", await Store.ReadTextAsync("SELECT instance FROM instances"));
        SqlConnection.ClearPool(connection);
    }

    private SqlConnection Connect() => (SqlConnection)Store.Connect();

    private Task InsertAsync(SqlConnection connection, string instance) => ExecuteAsync(
        connection, $"INSERT INTO instances (instance, started_at, seen_at) VALUES (N'{instance}', '2026-11-23', '2026-11-23')");

    private async Task ExecuteAsync(SqlConnection connection, string statement)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements of the test.
        command.CommandText = statement;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
