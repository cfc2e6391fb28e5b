using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Provider.Retention;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Retention;

[TestClass]
public sealed class AgeCutoffTests
{
    private static readonly TimeSpan Age = TimeSpan.FromDays(30);
    private readonly FakeTimeProvider _time = new(Some.Time);

    [TestMethod]
    public void A_run_prunes_half_of_what_is_old_the_last_hour_in_one_and_the_newest_after_an_hour()
    {
        var cutoff = new AgeCutoff(_time);
        var records = Enumerable.Range(0, 30 * 24).Select(hours => Some.Time.AddHours(hours)).ToList();
        var left = new List<int>();
        var start = _time.GetTimestamp();
        while (records.Count > 0)
        {
            var before = cutoff.Before(Age, records[0], records[^1]);
            records.RemoveAll(record => record < before);
            left.Add(records.Count);
            _time.Advance(TimeSpan.FromMinutes(10));
        }

        CollectionAssert.AreEqual(new[] { 360, 180, 90, 45, 23, 12, 6, 3, 2, 0 }, left.ToArray());
        Assert.IsGreaterThan(TimeSpan.FromHours(1), _time.GetElapsedTime(start));
    }

    [TestMethod]
    public void All_of_one_moment_stay_until_they_were_the_newest_for_an_hour()
    {
        var cutoff = new AgeCutoff(_time);
        Assert.AreEqual(Some.Time, cutoff.Before(Age, Some.Time, Some.Time));
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.AreEqual(Some.Time, cutoff.Before(Age, Some.Time, Some.Time));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.IsGreaterThan(Some.Time, cutoff.Before(Age, Some.Time, Some.Time));
    }

    [TestMethod]
    public void Newer_ones_that_grow_old_begin_the_hour_anew()
    {
        var cutoff = new AgeCutoff(_time);
        cutoff.Before(Age, Some.Time, Some.Time);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.AreEqual(Some.Time.AddSeconds(1), cutoff.Before(Age, Some.Time, Some.Time.AddSeconds(1)));
    }

    [TestMethod]
    public void A_short_age_waits_a_tenth_of_it()
    {
        var cutoff = new AgeCutoff(_time);
        var age = TimeSpan.FromSeconds(10);
        Assert.AreEqual(Some.Time, cutoff.Before(age, Some.Time, Some.Time));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.IsGreaterThan(Some.Time, cutoff.Before(age, Some.Time, Some.Time));
    }

    [TestMethod]
    public void An_age_longer_than_times_go_back_makes_nothing_old() =>
        Assert.AreEqual(DateTimeOffset.MinValue, AgeCutoff.Old(TimeSpan.MaxValue, Some.Time));
}
