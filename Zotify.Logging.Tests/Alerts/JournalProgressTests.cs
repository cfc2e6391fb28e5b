using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Alerts;
using Zotify.Logging.Handlers;
using Zotify.Logging.Monitoring;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Alerts;

/// <summary>When the records of a journal are stuck.</summary>
[TestClass]
public sealed class JournalProgressTests
{
    private readonly FakeTimeProvider _time = new(Some.Time);

    [TestMethod]
    [DataRow(null, 60)]
    [DataRow("the bucket refuses it", 1)]
    public void A_target_that_gets_nothing_is_stuck_after_a_minute_if_it_failed_and_an_hour_if_it_is_at_it(string? failure, int minutes)
    {
        var progress = new JournalProgress(_time);
        Assert.IsNull(Read(progress, sent: 10, failure));
        _time.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
        Assert.IsNull(Read(progress, sent: 10, failure));
        _time.Advance(TimeSpan.FromMinutes(1));
        var stuck = Read(progress, sent: 10, failure)!;
        Assert.AreEqual(("journal_stuck/Audit to S3", "stuck"), (stuck.Key, stuck.Fault));
        StringAssert.Contains(stuck.Message, "90 records wait on the way from Audit to S3, and none has arrived since 2026-", StringComparison.Ordinal);
        Assert.IsNull(Read(progress, sent: 11, failure)!.Fault, "one arrived");
        _time.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
        Assert.IsNull(Read(progress, sent: 11, failure), "and the time begins anew");
    }

    [TestMethod]
    public void A_clock_that_was_set_back_delays_it_by_a_minute_at_most()
    {
        var progress = new JournalProgress(_time);
        _time.AdjustTime(Some.Time.AddYears(1));
        Assert.IsNull(Read(progress, sent: 10, "the bucket refuses it"));
        _time.AdjustTime(Some.Time);
        Assert.IsNull(Read(progress, sent: 10, "the bucket refuses it"));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.IsNotNull(Read(progress, sent: 10, "the bucket refuses it")?.Fault);
    }

    private static AlertCondition? Read(JournalProgress progress, long sent, string? failure) => progress.Read([new HandlerStatus
    {
        Name = "Audit",
        HandlerType = typeof(JsonAuditHandler),
        State = HandlerState.Running,
        Enabled = true,
        Queued = 0,
        QueueCapacity = 1,
        QueuedBytes = 0,
        QueueBytesCapacity = 1,
        Written = 100,
        Retried = 0,
        Dropped = new Dictionary<DropReason, long>(),
        Rejected = 0,
        Behind = 0,
        Targets = [new TargetStatus { Name = "S3", Behind = 100 - sent, Sent = sent, Rejected = 0, Failure = failure }],
    }]).SingleOrDefault(condition => condition.Subject == "Audit to S3");
}
