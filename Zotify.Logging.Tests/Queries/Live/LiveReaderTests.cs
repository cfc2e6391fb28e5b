using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Queries.Live;

/// <summary>A reader misses no notification, whenever it comes.</summary>
[TestClass]
public sealed class LiveReaderTests
{
    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task A_notification_during_a_poll_causes_another_poll_before_it_waits()
    {
        using var reader = new Reader();
        reader.RemoveFilter();
        reader.Polling = reader.Notify;
        Assert.IsNull(await reader.ReadAsync(TestContext.CancellationToken));
        reader.Polling = () => { };
        Assert.IsTrue(reader.WaitAsync(TimeProvider.System, TestContext.CancellationToken).IsCompletedSuccessfully);
        Assert.IsNull(await reader.ReadAsync(TestContext.CancellationToken));
        Assert.AreEqual(2, reader.Polls);
        Assert.IsFalse(reader.WaitAsync(TimeProvider.System, TestContext.CancellationToken).IsCompleted, "there is nothing more");
    }

    [TestMethod]
    public void A_subscriber_that_left_is_not_notified()
    {
        var reader = new Reader();
        reader.RemoveFilter();
        Assert.AreEqual(0, reader.Left);
        reader.Dispose();
        reader.Dispose();
        Assert.AreEqual(1, reader.Left);
    }

    private sealed class Reader() : LiveReader<AuditEvent>("0", follows: true)
    {
        private TableSubscription? _signal;

        public Action Polling { get; set; } = () => { };

        public int Polls { get; private set; }

        public int Left { get; private set; }

        public void Notify() => _signal!.Set();

        protected override void RemoveTimeFilter()
        {
        }

        protected override TableSubscription Subscribe() => _signal = new TableSubscription(_ => Left++);

        protected override Task<LogPoll<AuditEvent>> PollAsync(CancellationToken cancellationToken)
        {
            Polls++;
            Polling();
            return Task.FromResult(new LogPoll<AuditEvent>([], Cursor, More: false));
        }
    }
}
