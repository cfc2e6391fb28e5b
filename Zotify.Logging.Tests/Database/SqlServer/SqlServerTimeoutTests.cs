using Microsoft.Data.SqlClient;
using Zotify.Logging.SqlServer;

namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>The timeouts of the connection string, without a server.</summary>
[TestClass]
public sealed class SqlServerTimeoutTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [DataRow("Command Timeout=77", 77)]
    [DataRow("Command Timeout=0", 0)]
    [DataRow("", 30)]
    public void A_bulk_insert_may_take_as_long_as_any_command(string setting, int seconds)
    {
        using var driver = new SqlConnection($"Server=nowhere;{setting}");
        using var copy = SqlServerBulkInsert.Create(driver, transaction: null, keepsNumbers: false);
        Assert.AreEqual(seconds, copy.BulkCopyTimeout);
    }

    [TestMethod]
    public async Task Without_a_connect_timeout_a_reader_waits_until_a_connection_is_free()
    {
        var settings = new SqlConnectionStringBuilder("Server=nowhere;Connect Timeout=0;Max Pool Size=1");
        using var connections = new SqlServerConnections(settings, new SqlServerDialect(), new RecordingServer());
        var first = await connections.RentAsync(Cancellation);
        var second = connections.RentAsync(Cancellation);
        Assert.IsFalse(second.IsCompleted);

        await first.DisposeAsync();
        await using var rented = await second;
    }

    [TestMethod]
    public async Task A_reader_gives_up_after_the_connect_timeout()
    {
        var settings = new SqlConnectionStringBuilder("Server=nowhere;Connect Timeout=1;Max Pool Size=1");
        using var connections = new SqlServerConnections(settings, new SqlServerDialect(), new RecordingServer());
        await using var first = await connections.RentAsync(Cancellation);
        await Assert.ThrowsExactlyAsync<TimeoutException>(() => connections.RentAsync(Cancellation));
    }
}
