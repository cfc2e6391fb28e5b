using System.Data.Common;
using Zotify.Logging.Database;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database;

/// <summary>How exceptions of a driver are handled, whatever they are.</summary>
[TestClass]
public sealed class LoggingConnectionTests : StoreContract
{
    private protected override TestStore NewStore() => new SqliteStore();

    [TestMethod]
    public async Task An_exception_that_no_driver_should_throw_is_retried_once_and_then_means_that_the_database_is_unavailable()
    {
        await (await Database.OpenForWritingAsync(Cancellation)).DisposeAsync();
        var faults = new FaultyStatements(2);
        var database = Store.Open(faults);

        var thrown = await Assert.ThrowsExactlyAsync<DatabaseUnavailableException>(() => CountAsync(database));

        Assert.IsInstanceOfType<DriverFaultException>(thrown.InnerException);
        Assert.IsInstanceOfType<ArgumentOutOfRangeException>(thrown.InnerException.InnerException);
        faults.Left = 1;
        Assert.AreEqual(0, await CountAsync(database));
    }

    [TestMethod]
    public async Task A_cancelled_statement_is_no_fault_but_its_connection_is_not_used_again()
    {
        await using var connection = await Database.OpenForWritingAsync(Cancellation);

        await Assert.ThrowsAsync<OperationCanceledException>(
            () => connection.ReadAsync($"SELECT 1", row => row.GetInt64(0), new CancellationToken(canceled: true)));

        Assert.IsTrue(connection.HasFailed);
    }

    [TestMethod]
    public async Task A_fault_of_the_driver_while_rows_are_enumerated_is_one_of_the_database()
    {
        await (await Database.OpenForWritingAsync(Cancellation)).DisposeAsync();
        await using var connection = await Store.Open(new FaultyStatements(1)).OpenForReadingAsync(Cancellation);

        await Assert.ThrowsExactlyAsync<DriverFaultException>(async () =>
        {
            await foreach (var _ in connection.EnumerateAsync(
                SqlQuery.Raw("SELECT COUNT(*) FROM journals"), row => row.GetInt64(0), Cancellation))
            {
                Assert.Fail("a row");
            }
        });

        Assert.IsTrue(connection.HasFailed);
    }

    [TestMethod]
    public async Task The_end_of_the_database_waits_for_a_connection_in_use()
    {
        var connection = await Database.OpenForWritingAsync(Cancellation);
        var ended = Task.Run(Database.Dispose, Cancellation);
        await Task.Run(() => Database.Closing.WaitHandle.WaitOne(), Cancellation);
        Assert.IsFalse(ended.IsCompleted);

        await connection.DisposeAsync();

        await ended;
    }

    private Task<long> CountAsync(LoggingDatabase database) => database.ReadAsync(
        async (connection, cancellation) => (await connection.ReadAsync(
            $"SELECT COUNT(*) FROM journals", row => row.GetInt64(0), cancellation)).Single(),
        Cancellation);

    private sealed class FaultyStatements(int left) : ConnectionTap
    {
        public int Left { get; set; } = left;

        public override Task ExecutingAsync(DbCommand command) =>
            command.CommandText.Contains("COUNT", StringComparison.Ordinal) && Left-- > 0
                ? throw new ArgumentOutOfRangeException(nameof(command), "the driver's own fault")
                : Task.CompletedTask;
    }
}
