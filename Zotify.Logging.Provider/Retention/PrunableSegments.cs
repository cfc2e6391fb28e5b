using Zotify.Logging.Journal;

namespace Zotify.Logging.Retention;

/// <summary>
/// Decides which segments of a journal are deleted: whole ones, the oldest first. Where there is a database, a segment is deleted only
/// once all of it is in the database. Pure functions.
/// </summary>
internal static class PrunableSegments
{
    /// <summary>
    /// A segment spans at most this fraction of the age, so no line is kept longer than a tenth beyond the age.
    /// </summary>
    private const int SegmentsOfAnAge = 10;

    /// <summary>
    /// An active segment that began before this time is rolled even if it is small; <see langword="null"/> where no age is set. The active
    /// segment is never deleted, so a quiet journal would otherwise keep its lines for ever.
    /// </summary>
    public static DateTimeOffset? RollCutoff(TimeSpan? age, DateTimeOffset now) => now - (age / SegmentsOfAnAge);

    /// <summary>
    /// How many of the segments are beyond the limits. A segment counts as old as the newest last line of it and the older ones: lines that
    /// were written while the clock was behind are not older than the lines before them.
    /// </summary>
    /// <param name="segments">All segments that hold lines, the oldest first.</param>
    /// <param name="projectedSeq">The number of the last line that is in the database.</param>
    /// <param name="before">The time before which segments are deleted; <see langword="null"/> where none is deleted by age.</param>
    /// <param name="mostSize">How many bytes of segments are kept; <see langword="null"/> means all.</param>
    public static int BeyondLimits(IReadOnlyList<SegmentFacts> segments, long projectedSeq, DateTimeOffset? before, long? mostSize)
    {
        var size = segments.Sum(segment => segment.Size);
        var count = 0;
        DateTimeOffset? newest = null;
        foreach (var segment in segments)
        {
            // Without the hash of its last line, the lines after it could not be verified. A segment that somebody changed is kept as
            // evidence.
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
    /// The times of the oldest and the newest segment before <paramref name="time"/>; <see langword="null"/> where there is none.
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

    /// <summary>How many of the segments are before <paramref name="time"/>, for a journal without a database.</summary>
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

    /// <summary>How many of the segments can be deleted because the database has all their lines.</summary>
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
