namespace Zotify.Logging.Provider.Journal;

/// <summary>
/// Which segments of a journal go: whole ones, the oldest first, and where there is a database none that it does not have to its end.
/// Pure functions.
/// </summary>
internal static class SegmentRetention
{
    /// <summary>Parts of an age that a segment spans at most: what is kept too long, because its segment is, is a tenth of the age.</summary>
    private const int SegmentsOfAnAge = 10;

    /// <summary>
    /// Before which time a segment must have begun to be rolled although it is small: what is in the active segment never
    /// goes, and a quiet journal would keep it for ever. <see langword="null"/> where no age is set.
    /// </summary>
    public static DateTimeOffset? RollsWhatBeganBefore(TimeSpan? age, DateTimeOffset now) => now - (age / SegmentsOfAnAge);

    /// <summary>How many of the segments are beyond the limits. A segment is as old as its last line.</summary>
    /// <param name="segments">All segments that hold lines, the oldest first.</param>
    /// <param name="projectedSeq">The number of the last line that is in the database.</param>
    /// <param name="limits">How much is kept.</param>
    /// <param name="now">The present time.</param>
    public static int BeyondLimits(IReadOnlyList<SegmentFacts> segments, long projectedSeq, RetentionLimits limits, DateTimeOffset now)
    {
        var size = segments.Sum(segment => segment.Size);
        var count = 0;
        foreach (var segment in segments)
        {
            // Without the hash of its last line, what follows could not be verified; and what was tampered with is evidence.
            if (segment.IsActive || segment.LastSeq > projectedSeq || segment.LastHash is null) break;
            var isOld = limits.Age is { } age && segment.LastTimestamp < now - age;
            var isTooMuch = limits.Size is { } most && size > most;
            if (!isOld && !isTooMuch) break;
            size -= segment.Size;
            count++;
        }

        return count;
    }

    /// <summary>How many of the segments are older than an age, of a journal that no database has. A segment is as old as its last line.</summary>
    /// <param name="segments">All segments that hold lines, the oldest first.</param>
    /// <param name="age">How long lines are kept; <see langword="null"/> means for ever.</param>
    /// <param name="now">The present time.</param>
    public static int OlderThan(IReadOnlyList<SegmentFacts> segments, TimeSpan? age, DateTimeOffset now)
    {
        var count = 0;
        // The newest with lines stays, active or not: at the next start it tells where the numbers go on.
        while (count < segments.Count - 1 && segments[count].LastTimestamp < now - age) count++;
        return count;
    }

    /// <summary>How many of the segments nobody needs any more once the database has them.</summary>
    /// <inheritdoc cref="BeyondLimits" path="/param"/>
    public static int Projected(IReadOnlyList<SegmentFacts> segments, long projectedSeq)
    {
        var count = 0;
        // The newest with lines stays, active or not: at the next start it tells where the numbers go on.
        while (count < segments.Count - 1 && segments[count].LastSeq <= projectedSeq) count++;
        return count;
    }
}
