using Zotify.Logging.Alerts;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Alerts;

/// <summary>The arithmetic of windows and of absence.</summary>
[TestClass]
public sealed class AlertEvaluationTests
{
    private const int Year = 365 * 24 * 3_600;

    private static readonly AuditPredicate Any = new(new AuditQuery());

    [TestMethod]
    public void Events_that_are_a_window_apart_do_not_count_together()
    {
        var rule = new AlertRule("r", "") { Audit = Any, Count = 2, Within = TimeSpan.FromSeconds(10) };
        var state = new AlertRuleState(rule.Fingerprint, 0, 0);
        Assert.IsNull(Count(rule, state, 0));
        Assert.IsNull(Count(rule, state, 10));
        Assert.AreEqual(Some.Time.AddSeconds(10), Count(rule, state, 19.9));
        Assert.IsNull(Count(rule, state, 20), "what has fired is used up");
    }

    [TestMethod]
    public void Times_that_go_back_count_and_keep_no_older_ones()
    {
        var rule = new AlertRule("r", "") { Audit = Any, Count = 3, Within = TimeSpan.FromSeconds(10) };
        var state = new AlertRuleState(rule.Fingerprint, 0, 0);
        Assert.IsNull(Count(rule, state, 9));
        Assert.IsNull(Count(rule, state, -5));
        Assert.IsNull(Count(rule, state, 8), "the one before is 14 s before the newest");
        Assert.AreEqual(Some.Time.AddSeconds(7), Count(rule, state, 7));
    }

    [TestMethod]
    public void Absence_is_told_once_until_an_event_occurs()
    {
        var rule = new AlertRule("r", "") { Audit = Any, Absent = TimeSpan.FromSeconds(10) };
        var state = new AlertRuleState(rule.Fingerprint, 0, Some.Time.UtcTicks);
        Assert.IsFalse(AlertEvaluation.IsAbsent(rule, state, Some.Time.AddSeconds(9.9)));
        Assert.IsTrue(AlertEvaluation.IsAbsent(rule, state, Some.Time.AddSeconds(10)));
        state.IsTold = true;
        Assert.IsFalse(AlertEvaluation.IsAbsent(rule, state, Some.Time.AddSeconds(99)));
        Assert.IsNull(Count(rule, state, 100));
        Assert.IsFalse(AlertEvaluation.IsAbsent(rule, state, Some.Time.AddSeconds(109)));
        Assert.IsTrue(AlertEvaluation.IsAbsent(rule, state, Some.Time.AddSeconds(110)));
    }

    [TestMethod]
    public void An_event_of_a_clock_that_was_ahead_counts_as_one_of_now()
    {
        var rule = new AlertRule("r", "") { Audit = Any, Count = 3, Within = TimeSpan.FromSeconds(10) };
        var state = new AlertRuleState(rule.Fingerprint, 0, 0);
        Assert.IsNull(Count(rule, state, Year, now: 0));
        Assert.IsNull(Count(rule, state, 1, now: 1));
        Assert.AreEqual(Some.Time, Count(rule, state, 2, now: 2));
        Assert.AreEqual(Some.Time.AddSeconds(2).UtcTicks, state.LastSeen);
    }

    [TestMethod]
    public void What_was_counted_by_a_clock_that_was_ahead_keeps_no_later_event_from_firing()
    {
        var rule = new AlertRule("r", "") { Audit = Any, Count = 3, Within = TimeSpan.FromSeconds(10) };
        var state = new AlertRuleState(rule.Fingerprint, 0, 0);
        Assert.IsNull(Count(rule, state, Year, now: Year));
        Assert.IsNull(Count(rule, state, 1, now: 1), "the clock was set back");
        Assert.IsNull(Count(rule, state, 2, now: 2));
        Assert.AreEqual(Some.Time.AddSeconds(1), Count(rule, state, 3, now: 3));
        // One that was set back by less than the window loses no event.
        Assert.IsNull(Count(rule, state, 9, now: 9));
        Assert.IsNull(Count(rule, state, 5, now: 5));
        Assert.AreEqual(Some.Time.AddSeconds(5), Count(rule, state, 6, now: 6));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(Year)]
    public void An_event_of_a_clock_that_was_ahead_puts_off_no_absence(int now)
    {
        var rule = new AlertRule("r", "") { Audit = Any, Absent = TimeSpan.FromSeconds(10) };
        var state = new AlertRuleState(rule.Fingerprint, 0, 0);
        Assert.IsNull(Count(rule, state, Year, now));
        Assert.IsFalse(AlertEvaluation.IsAbsent(rule, state, Some.Time));
        Assert.IsFalse(AlertEvaluation.IsAbsent(rule, state, Some.Time.AddSeconds(9.9)));
        Assert.IsTrue(AlertEvaluation.IsAbsent(rule, state, Some.Time.AddSeconds(10)));
    }

    [TestMethod]
    public void A_message_that_waits_for_a_time_of_a_clock_that_was_ahead_is_due_now()
    {
        Assert.AreEqual(Some.Time.AddHours(1), WebhookSchedule.Due(Some.Time.AddHours(1), Some.Time));
        Assert.AreEqual(Some.Time, WebhookSchedule.Due(Some.Time.AddSeconds(Year), Some.Time));
    }

    [TestMethod]
    public void An_absence_waits_for_the_lines_that_were_there_when_its_time_was_over_and_for_no_later_ones()
    {
        var rule = new AlertRule("r", "") { Audit = Any, Absent = TimeSpan.FromSeconds(10) };
        var state = new AlertRuleState(rule.Fingerprint, 0, Some.Time.UtcTicks);
        var absences = new AlertAbsences();
        // The journal grows by a line a second, and the last two of it are not evaluated yet.
        Assert.IsFalse(IsTold(9));
        Assert.IsFalse(IsTold(10));
        Assert.IsFalse(IsTold(11));
        Assert.IsTrue(IsTold(12));
        // The event comes, and its time is over again.
        Assert.IsNull(Count(rule, state, 13));
        Assert.IsFalse(IsTold(14));
        Assert.IsFalse(IsTold(23));
        Assert.IsTrue(IsTold(25));

        bool IsTold(int second) =>
            absences.Tell(rule, state, Some.Time.AddSeconds(second), evaluated: second - 2, durableSeq: _ => second);
    }

    [TestMethod]
    public void A_message_is_tried_again_after_a_second_then_later_and_later_for_a_day()
    {
        Assert.AreEqual(TimeSpan.FromSeconds(1), WebhookSchedule.After(1, null, 1));
        Assert.AreEqual(TimeSpan.FromSeconds(0.5), WebhookSchedule.After(1, null, 0));
        Assert.AreEqual(TimeSpan.FromSeconds(8), WebhookSchedule.After(4, null, 1));
        Assert.AreEqual(TimeSpan.FromMinutes(15), WebhookSchedule.After(1_000, null, 1));
        Assert.AreEqual(TimeSpan.FromSeconds(7), WebhookSchedule.After(4, TimeSpan.FromSeconds(7), 1));
        Assert.AreEqual(TimeSpan.FromHours(1), WebhookSchedule.After(4, TimeSpan.FromDays(7), 1));
        Assert.IsFalse(WebhookSchedule.IsOver(Some.Time, Some.Time.AddHours(23.9)));
        Assert.IsTrue(WebhookSchedule.IsOver(Some.Time, Some.Time.AddHours(24)));
    }

    /// <summary>The example of the specification.</summary>
    [TestMethod]
    public void The_signature_is_that_of_Standard_Webhooks()
    {
        const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        var key = WebhookSignature.KeyOf(Secret)!;
        var signature = WebhookSignature.Of([key, new byte[32]], "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", """{"test": 2432232314}""");
        StringAssert.StartsWith(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v1,", StringComparison.Ordinal);
        Assert.IsTrue(WebhookVerifier.IsSigned(
            Secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", """{"test": 2432232314}"""u8.ToArray(), signature));
        Assert.IsNull(WebhookSignature.KeyOf("whsec_" + Convert.ToBase64String(new byte[23])));
        Assert.IsNotNull(WebhookSignature.KeyOf("whsec_" + Convert.ToBase64String(new byte[24])));
        Assert.IsNotNull(WebhookSignature.KeyOf("whsec_" + Convert.ToBase64String(new byte[64])));
        Assert.IsNull(WebhookSignature.KeyOf("whsec_" + Convert.ToBase64String(new byte[65])));
        Assert.IsNull(WebhookSignature.KeyOf(Convert.ToBase64String(new byte[32])));
    }

    /// <summary>Counts an event at a time in seconds. The present is after all events where it is not given.</summary>
    private static DateTimeOffset? Count(AlertRule rule, AlertRuleState state, double seconds, double now = 3_600) =>
        AlertEvaluation.Count(rule, state, Some.Time.AddSeconds(seconds).UtcDateTime, Some.Time.AddSeconds(now));
}
