namespace Zotify.Logging.Queries;

/// <summary>How many events there are over time.</summary>
/// <param name="Interval">The length of a bucket.</param>
/// <param name="Items">The buckets in order, including those without events.</param>
internal sealed record AuditHistogram(TimeSpan Interval, IReadOnlyList<AuditBucket> Items)
{
    /// <summary>How many records the database is behind the journals; 0 when nothing is missing.</summary>
    public long Behind { get; init; }

    /// <summary>
    /// The time of the oldest event that was counted, where the counting stopped because going on would have taken long: no bucket is
    /// before it. Otherwise <see langword="null"/>.
    /// </summary>
    public DateTime? StoppedAt { get; init; }

    /// <summary>Counts times in buckets, between two times, or from the first of them to the last.</summary>
    /// <param name="times">The times, with the number of events of each.</param>
    /// <param name="from">The first time to show; <see langword="null"/> for the first one that there is.</param>
    /// <param name="to">The time to end before; <see langword="null"/> for the last one that there is.</param>
    /// <param name="interval">The length of a bucket; <see langword="null"/> for one that gives about 100 buckets at most.</param>
    /// <param name="shortest">The shortest length, where none is given.</param>
    /// <exception cref="ArgumentException">There would be over 1,000 buckets.</exception>
    internal static AuditHistogram Of(
        IReadOnlyList<(DateTime Time, long Count)> times, DateTime? from, DateTime? to, TimeSpan? interval, TimeSpan shortest)
    {
        var first = from ?? (times.Count == 0 ? null : times.Min(time => time.Time));
        var end = to ?? (times.Count == 0 ? null : times.Max(time => time.Time).AddTicks(1));
        if (first is not { } start || end is not { } last || start >= last)
            return new AuditHistogram(interval ?? TimeSpan.FromHours(1), []);
        var buckets = TimeBuckets.Of(start, last, interval, shortest);
        var counts = new long[buckets.Count];
        foreach (var (time, count) in times)
        {
            if (buckets.IndexOf(time) is >= 0 and var index && index < counts.Length) counts[index] += count;
        }

        return new AuditHistogram(buckets.Interval, [.. counts.Select((count, i) =>
            new AuditBucket(buckets.At(i).From, buckets.At(i).To, count))]);
    }
}
