using Zotify.Logging.Journal;
using Zotify.Logging.Retention;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Journal;

[TestClass]
public sealed class PrunableSegmentsTests
{
    private const long AllProjected = long.MaxValue;
    private static readonly RetentionLimits Nothing = new(TimeSpan.FromSeconds(1), 1);

    [TestMethod]
    public void Without_limits_everything_stays() =>
        Assert.AreEqual(0, Count([Rolled(1, days: 1000), Rolled(2, days: 900), Active(3)], default));

    [TestMethod]
    [DataRow(29.9, 0)]
    [DataRow(30.1, 1)]
    public void A_segment_is_as_old_as_its_last_line(double days, int expected) =>
        Assert.AreEqual(expected, Count([Rolled(1, days), Rolled(2, days: 1), Active(3)], new(TimeSpan.FromDays(30), null)));

    [TestMethod]
    public void A_younger_segment_keeps_those_after_it()
    {
        SegmentFacts[] segments = [Rolled(1, days: 40), Rolled(2, days: 1), Rolled(3, days: 40), Active(4)];
        Assert.AreEqual(1, Count(segments, new(TimeSpan.FromDays(30), null)));
    }

    [TestMethod]
    public void A_segment_that_was_written_while_the_clock_was_behind_is_no_older_than_those_before_it()
    {
        SegmentFacts[] segments = [Rolled(1, days: 40), Rolled(2, days: 20), Rolled(3, days: 20_000), Active(4)];
        Assert.AreEqual(1, Count(segments, new(TimeSpan.FromDays(30), null)));
        Assert.AreEqual((Some.Time.AddDays(-40), Some.Time.AddDays(-20)), PrunableSegments.SpanBefore(segments, Some.Time.AddDays(-10)));
    }

    [TestMethod]
    public void The_span_of_what_is_old_is_that_of_the_first_segments_and_never_of_the_active_one()
    {
        SegmentFacts[] segments = [Rolled(1, days: 40), Rolled(2, days: 35), Rolled(3, days: 1), Active(4, days: 50)];
        Assert.AreEqual((Some.Time.AddDays(-40), Some.Time.AddDays(-35)), PrunableSegments.SpanBefore(segments, Some.Time.AddDays(-30)));
        Assert.IsNull(PrunableSegments.SpanBefore(segments, Some.Time.AddDays(-40)));
        Assert.IsNull(PrunableSegments.SpanBefore([Active(1, days: 50)], Some.Time));
        Assert.IsNull(PrunableSegments.SpanBefore([], Some.Time));
    }

    [TestMethod]
    [DataRow(400, 0)]
    [DataRow(399, 1)]
    [DataRow(300, 1)]
    [DataRow(299, 2)]
    [DataRow(1, 3)]
    public void The_oldest_go_until_the_rest_with_the_active_one_fits(long size, int expected) =>
        Assert.AreEqual(expected, Count([Rolled(1), Rolled(2), Rolled(3), Active(4)], new(null, size)));

    [TestMethod]
    public void Either_limit_is_enough() =>
        Assert.AreEqual(
            2, Count([Rolled(1, days: 40), Rolled(2, days: 1), Rolled(3, days: 1), Active(4)], new(TimeSpan.FromDays(30), 250)));

    [TestMethod]
    public void The_active_segment_never_goes()
    {
        Assert.AreEqual(0, Count([Active(1, days: 1000)], Nothing));
        Assert.AreEqual(1, Count([Rolled(1), Active(2, days: 1000)], Nothing));
    }

    [TestMethod]
    public void All_rolled_ones_may_go_while_the_active_one_is_empty() => Assert.AreEqual(2, Count([Rolled(1), Rolled(2)], Nothing));

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(9, 0)]
    [DataRow(10, 1)]
    [DataRow(19, 1)]
    [DataRow(20, 2)]
    public void A_segment_that_the_database_does_not_have_to_its_end_stays_and_so_do_those_after_it(long projectedSeq, int expected)
    {
        Assert.AreEqual(
            expected, PrunableSegments.BeyondLimits([Rolled(1), Rolled(2), Active(3)], projectedSeq, Some.Time.AddSeconds(-1), 1));
        Assert.AreEqual(expected, PrunableSegments.Projected([Rolled(1), Rolled(2), Active(3)], projectedSeq));
    }

    [TestMethod]
    public void A_segment_whose_last_hash_is_unknown_stays_and_so_do_those_after_it()
    {
        SegmentFacts[] segments = [Rolled(1), Rolled(2) with { LastHash = null, LastTimestamp = null }, Rolled(3), Active(4)];
        Assert.AreEqual(1, Count(segments, Nothing));
    }

    [TestMethod]
    public void The_newest_segment_with_lines_stays_because_numbers_continue_from_it()
    {
        Assert.AreEqual(1, PrunableSegments.Projected([Rolled(1), Rolled(2)], AllProjected));
        Assert.AreEqual(0, PrunableSegments.Projected([], AllProjected));
    }

    [TestMethod]
    public void Without_a_database_segments_go_by_age_alone_but_for_the_newest()
    {
        Assert.AreEqual(1, PrunableSegments.Before([Rolled(1, days: 40), Rolled(2, days: 1), Active(3)], Some.Time.AddDays(-30)));
        Assert.AreEqual(1, PrunableSegments.Before([Rolled(1, days: 40), Rolled(2, days: 40)], Some.Time.AddDays(-30)));
        Assert.AreEqual(0, PrunableSegments.Before([Rolled(1, days: 1), Rolled(2, days: 40), Active(3)], Some.Time.AddDays(-30)));
        Assert.AreEqual(0, PrunableSegments.Before([Rolled(1, days: 40) with { LastTimestamp = null }, Active(2)], Some.Time.AddDays(-30)));
        Assert.AreEqual(0, PrunableSegments.Before([], Some.Time));
    }

    [TestMethod]
    public void A_segment_spans_a_tenth_of_the_age()
    {
        Assert.AreEqual(Some.Time.AddDays(-3), PrunableSegments.RollCutoff(TimeSpan.FromDays(30), Some.Time));
        Assert.IsNull(PrunableSegments.RollCutoff(null, Some.Time));
    }

    private static int Count(SegmentFacts[] segments, RetentionLimits limits) =>
        PrunableSegments.BeyondLimits(segments, AllProjected, Some.Time - limits.Age, limits.Size);

    /// <summary>The segment number <paramref name="n"/>, of ten lines and a hundred bytes.</summary>
    private static SegmentFacts Rolled(int n, double days = 100) =>
        new($"{n}", IsActive: false, (n * 10) - 9, n * 10, Size: 100, Some.Time.AddDays(-days), "hash");

    private static SegmentFacts Active(int n, double days = 0) => Rolled(n, days) with { IsActive = true };
}
