using Zotify.Logging.Journal;

namespace Zotify.Logging.Retention;

/// <summary>
/// Decides which segments of a journal are deleted: whole ones, the oldest first. Where there is a database, a segment is deleted only
/// once all of it is in the database. Pure functions.
/// </summary>
internal static class PrunableSegments
{
    /// <summary>
    /// A segment spans at most this part of the age. So no line is kept longer than a tenth more than the age.
    /// </summary>
    private const int SegmentsOfAnAge = 10;

    /// <summary>
    /// An active segment that began before this time is rolled although it is small. The active segment is never deleted, so a quiet
    /// journal would keep its lines for ever. <see langword="null"/> where no age is set.
    /// </summary>
    public static DateTimeOffset? RollsWhatBeganBefore(TimeSpan? age, DateTimeOffset now) => now - (age / SegmentsOfAnAge);

    /// <summary>
    /// How many of the segments are beyond the limits. A segment is as old as the newest line that it or an older one ends
    /// with: lines that were written while the clock was behind are no older than what was there before them.
    /// </summary>
    /// <param name="segments">All segments that hold lines, the oldest first.</param>
    /// <param name="projectedSeq">The number of the last line that is in the database.</param>
    /// <param name="before">The time before which segments go; <see langword="null"/> where none goes by age.</param>
    /// <param name="mostSize">How many bytes of segments are kept; <see langword="null"/> means all.</param>
    public static int BeyondLimits(IReadOnlyList<SegmentFacts> segments, long projectedSeq, DateTimeOffset? before, long? mostSize)
    {
        var size = segments.Sum(segment => segment.Size);
        var count = 0;
        DateTimeOffset? newest = null;
        foreach (var segment in segments)
        {
            // Without the hash of its last line, what follows could not be verified; and what was tampered with is evidence.
            if (segment.IsActive || segment.LastSeq > projectedSeq || segment.LastHash is null) break;
            newest = Later(newest, segment.LastTimestamp);
            var isOld = segment.LastTimestamp is not null && newest < before;
            var isTooMuch = size > mostSize;
            if (!isOld && !isTooMuch) break;
            size -= segment.Size;
            count++;
        }

        return count;
    }

    /// <summary>
    /// The times of the oldest and of the newest segment from before <paramref name="time"/>; <see langword="null"/> where
    /// there is none.
    /// </summary>
    public static (DateTimeOffset Oldest, DateTimeOffset Newest)? SpanBefore(IReadOnlyList<SegmentFacts> segments, DateTimeOffset time)
    {
        (DateTimeOffset Oldest, DateTimeOffset Newest)? span = null;
        foreach (var segment in segments)
        {
            if (Later(span?.Newest, segment.LastTimestamp) is not { } newest || newest >= time || segment.IsActive) break;
            span = (span?.Oldest ?? newest, newest);
        }

        return span;
    }

    /// <summary>How many of the segments of a journal that no database has are from before <paramref name="time"/>.</summary>
    public static int Before(IReadOnlyList<SegmentFacts> segments, DateTimeOffset time)
    {
        var count = 0;
        DateTimeOffset? newest = null;
        // The newest segment with lines stays, active or not: the next start continues its numbers.
        while (count < segments.Count - 1 && segments[count].LastTimestamp is { } last)
        {
            newest = Later(newest, last);
            if (newest >= time) break;
            count++;
        }

        return count;
    }

    /// <summary>How many of the segments nobody needs any more once the database has them.</summary>
    /// <inheritdoc cref="BeyondLimits" path="/param"/>
    public static int Projected(IReadOnlyList<SegmentFacts> segments, long projectedSeq)
    {
        var count = 0;
        // The newest segment with lines stays, active or not: the next start continues its numbers.
        while (count < segments.Count - 1 && segments[count].LastSeq <= projectedSeq) count++;
        return count;
    }

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;
}
