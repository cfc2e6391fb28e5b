using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Alerts;
using Zotify.Logging.Journal;
using Zotify.Logging.Shipping;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Alerts;

/// <summary>The events of deliveries while the audit log opens, closes and opens again.</summary>
[TestClass]
public sealed class DeliveryEventsTests
{
    private readonly FakeTimeProvider _time = new(Some.Time);
    private readonly List<string> _reports = [];
    private readonly List<LogRecord> _written = [];

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public async Task An_event_waits_30_seconds_for_the_audit_log_and_later_ones_do_not_wait()
    {
        var events = NewEvents();
        var waits = events.AppendAsync(Some.Record(), Cancellation);
        _time.Advance(DeliveryEvents.Patience - TimeSpan.FromTicks(1));
        Assert.IsFalse(waits.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));
        await waits;
        await events.AppendAsync(Some.Record(), Cancellation);
        Assert.HasCount(2, _reports);
        StringAssert.Contains(_reports[0], "could not be written into the audit log, which is not open", StringComparison.Ordinal);

        events.Open(Audit(_written.Add));
        await events.AppendAsync(Some.Record(), Cancellation);
        Assert.HasCount(1, _written);
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public async Task An_event_goes_into_the_audit_log_that_was_opened_after_one_was_closed()
    {
        var events = NewEvents();
        events.Open(Audit(_ => throw new JournalClosedException("audit.log.json")));
        var waits = events.AppendAsync(Some.Record(), Cancellation);
        Assert.IsFalse(waits.IsCompleted);
        events.Open(Audit(_written.Add));
        await waits;
        Assert.HasCount(1, _written);
        Assert.IsEmpty(_reports);
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public async Task At_the_end_of_a_process_a_message_stays_for_the_next_start()
    {
        var events = NewEvents();
        events.Open(Audit(_ => throw new JournalClosedException("audit.log.json")));
        using var stop = new CancellationTokenSource();
        var waits = events.AppendAsync(Some.Record(), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => waits);
        Assert.IsEmpty(_reports);
    }

    private static ShippedJournal Audit(Action<LogRecord> append) => new("Audit", "m1/shop", null!, "", "", append, (_, _, _) => { });

    private DeliveryEvents NewEvents() => new(_time, (_, message, _) => _reports.Add(message));
}
