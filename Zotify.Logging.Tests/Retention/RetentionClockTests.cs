using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Retention;

[TestClass]
public sealed class RetentionClockTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly AdjustableTime _time = new(Some.Time);
    private readonly List<string> _reports = [];

    [TestMethod]
    [DataRow(0)]
    [DataRow(23.9)]
    [DataRow(-400)]
    public void A_clock_that_is_at_most_a_day_ahead_of_the_newest_record_counts_at_once(double hours)
    {
        var clock = Begin(newest: Some.Time.AddHours(-hours));
        Assert.AreEqual(Some.Time, Now(clock));
        Assert.IsEmpty(_reports);
    }

    [TestMethod]
    public void A_clock_that_starts_40_days_ahead_is_reported_once_and_counts_after_an_hour()
    {
        var clock = Begin(newest: Some.Time - (40 * Day));
        for (var minutes = 0; minutes < 60; minutes += 10)
        {
            Assert.AreEqual(Some.Time - (40 * Day) + TimeSpan.FromMinutes(minutes), Now(clock));
            _time.Advance(TimeSpan.FromMinutes(10));
        }

        StringAssert.Contains(
            _reports.Single(),
            "the clock shows 2026-11-23T15:06:10Z, more than a day ahead of 2026-10-14T15:06:10Z",
            StringComparison.Ordinal);
        Assert.AreEqual(_time.GetUtcNow(), Now(clock));
        Assert.AreEqual(_time.GetUtcNow(), Now(clock));
        Assert.HasCount(2, _reports);
        StringAssert.Contains(_reports[1], "from now on", StringComparison.Ordinal);
    }

    [TestMethod]
    public void A_second_start_confirms_it_by_what_the_first_one_wrote()
    {
        Now(Begin(newest: Some.Time - (40 * Day)));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.AreEqual(_time.GetUtcNow(), Now(Begin(newest: Some.Time)));
        Assert.HasCount(1, _reports);
    }

    [TestMethod]
    public void Records_of_the_process_itself_confirm_nothing()
    {
        var clock = Begin(newest: Some.Time - (40 * Day));
        clock.Begin(() => _time.GetUtcNow());
        Assert.AreEqual(Some.Time - (40 * Day), Now(clock));
    }

    [TestMethod]
    public void Where_nothing_is_known_the_clock_counts_after_an_hour_without_a_report()
    {
        var clock = Begin(newest: null);
        Assert.IsNull(Now(clock));
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.IsNull(Now(clock));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.AreEqual(_time.GetUtcNow(), Now(clock));
        Assert.IsEmpty(_reports);
    }

    [TestMethod]
    public void A_jump_while_it_runs_waits_an_hour_and_one_that_is_taken_back_never_counts()
    {
        var clock = Begin(newest: Some.Time);
        _time.Advance(TimeSpan.FromHours(5));
        _time.SetClock(_time.GetUtcNow() + (40 * Day));
        Assert.AreEqual(Some.Time.AddHours(5), Now(clock));
        _time.Advance(TimeSpan.FromMinutes(50));
        Assert.AreEqual(Some.Time.AddHours(5).AddMinutes(50), Now(clock));
        _time.SetClock(_time.GetUtcNow() - (40 * Day));
        Assert.AreEqual(_time.GetUtcNow(), Now(clock));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.AreEqual(_time.GetUtcNow(), Now(clock));
        Assert.HasCount(2, _reports);
    }

    [TestMethod]
    public void A_further_jump_begins_the_hour_anew()
    {
        var clock = Begin(newest: Some.Time);
        _time.SetClock(Some.Time + (40 * Day));
        Now(clock);
        _time.Advance(TimeSpan.FromMinutes(59));
        _time.SetClock(_time.GetUtcNow() + (400 * Day));
        Now(clock);
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.AreEqual(Some.Time.AddMinutes(118), Now(clock));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.AreEqual(_time.GetUtcNow(), Now(clock));
    }

    [TestMethod]
    public void A_clock_that_was_set_back_and_is_right_again_is_no_jump()
    {
        var clock = Begin(newest: Some.Time);
        _time.SetClock(Some.Time - (400 * Day));
        Assert.AreEqual(Some.Time - (400 * Day), Now(clock), "it only keeps more");
        _time.Advance(TimeSpan.FromHours(2));
        _time.SetClock(Some.Time.AddHours(2));
        Assert.AreEqual(Some.Time.AddHours(2), Now(clock));
        Assert.IsEmpty(_reports);
    }

    private RetentionClock Begin(DateTimeOffset? newest)
    {
        var clock = new RetentionClock(_time);
        clock.Begin(() => newest);
        return clock;
    }

    private DateTimeOffset? Now(RetentionClock clock) => clock.Now((message, _) => _reports.Add(message));

    /// <summary>A clock that somebody sets, while the elapsed time goes on normally.</summary>
    private sealed class AdjustableTime(DateTimeOffset start) : FakeTimeProvider(start)
    {
        private TimeSpan _shift;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _shift;

        public override long GetTimestamp() => base.GetUtcNow().Ticks;

        public void SetClock(DateTimeOffset time) => _shift = time - base.GetUtcNow();
    }
}
