using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Journal;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Handlers.Audit;

/// <summary>A call and a flush to the disk are the async way of a durable event: the flush fails while the disk does.</summary>
[TestClass]
public sealed class RefusedFlushTests
{
    private static readonly EventId Login = new(1001, "user.login");

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task A_flush_fails_at_once_while_the_journal_cannot_be_written_and_the_event_is_written_later(bool canBeCancelled)
    {
        var disk = new FaultyDisk();
        await using var host = await new TestHost { Logging = logging => logging.UseDisk(disk) }.StartAsync(Cancellation);
        var token = canBeCancelled ? Cancellation : CancellationToken.None;
        await host.FlushAsync(FlushTo.Disk, token);

        disk.FailWrite = true;
        host.Logger().LogInformation(Login, "User {user_id} logged in", "u1");
        var refused = await Assert.ThrowsExactlyAsync<IOException>(() => host.FlushAsync(FlushTo.Disk, token));
        Assert.AreEqual("Audit: No space left on device", refused.Message);

        host.Logger().LogInformation(Login, "User {user_id} logged in", "u2");
        await Assert.ThrowsExactlyAsync<IOException>(() => host.FlushAsync(FlushTo.Disk, token));

        await AssertGoesOnAsync(host, disk);
        await host.FlushAsync(FlushTo.Disk, token);
        Assert.AreEqual(2, host.Scalar("SELECT COUNT(*) FROM audit_events WHERE event_type = 'user.login'"));
    }

    [TestMethod]
    public async Task A_flush_that_waits_when_the_write_fails_fails_with_it()
    {
        var disk = new FaultyDisk();
        await using var host = await new TestHost { Logging = logging => logging.UseDisk(disk) }.StartAsync(Cancellation);
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        disk.FailWrite = true;
        host.Logger().LogInformation(Login, "one");
        host.Logger().LogInformation(Login, "two");

        var flushes = Enumerable.Range(0, 10).Select(_ => host.FlushAsync(FlushTo.Disk, CancellationToken.None)).ToArray();
        foreach (var flush in flushes) await Assert.ThrowsExactlyAsync<IOException>(() => flush);
        await AssertGoesOnAsync(host, disk);
    }

    /// <summary>A flush to the database waits until the disk works again.</summary>
    private async Task AssertGoesOnAsync(TestHost host, FaultyDisk disk)
    {
        var projected = host.FlushAsync(FlushTo.Database, Cancellation);
        Assert.IsFalse(projected.IsCompleted);
        disk.FailWrite = false;
        while (!projected.IsCompleted)
        {
            host.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await projected;
    }
}
