namespace Zotify.Logging.Queries;

/// <summary>How many events there are over time.</summary>
/// <param name="Interval">The length of a bucket.</param>
/// <param name="Items">The buckets in order, including those without events.</param>
internal sealed record AuditHistogram(TimeSpan Interval, IReadOnlyList<AuditBucket> Items)
{
    private const int UsualBuckets = 100;
    private const int MaxBuckets = 1_000;

    private static readonly int[] UsualHours = [1, 2, 3, 6, 12];

    /// <summary>How many records the database is behind the journals; 0 when nothing is missing.</summary>
    public long Behind { get; init; }

    /// <summary>Groups hours into buckets, between two times, or from the first hour to the last.</summary>
    /// <exception cref="ArgumentException">There would be over 1,000 buckets.</exception>
    internal static AuditHistogram Of(List<(DateTime Hour, long Count)> hours, DateTime? from, DateTime? to, TimeSpan? interval)
    {
        var first = from ?? (hours.Count == 0 ? null : hours.Min(hour => hour.Hour));
        var end = to ?? (hours.Count == 0 ? null : hours.Max(hour => hour.Hour).AddTicks(1));
        if (first is not { } start || end is not { } last || start >= last)
            return new AuditHistogram(interval ?? TimeSpan.FromHours(1), []);
        var length = interval ?? UsualInterval(start, last);
        Check(start, last, length);
        var begin = BucketOf(start, length);
        var counts = hours.GroupBy(hour => (hour.Hour.Ticks / length.Ticks) - begin)
            .ToDictionary(hour => hour.Key, hour => hour.Sum(count => count.Count));
        return new AuditHistogram(length, [.. Enumerable.Range(0, (int)Buckets(start, last, length)).Select(i =>
            new AuditBucket(TimeOf(begin + i, length), TimeOf(begin + i + 1, length), counts.GetValueOrDefault(i)))]);
    }

    /// <summary>Throws if there are too many buckets.</summary>
    /// <exception cref="ArgumentException">There would be over 1,000.</exception>
    internal static void Check(DateTime from, DateTime to, TimeSpan interval)
    {
        if (Buckets(from, to, interval) > MaxBuckets)
        {
            throw new ArgumentException(
                $"There would be over {MaxBuckets} buckets; choose a longer interval or a shorter period.", nameof(interval));
        }
    }

    private static TimeSpan UsualInterval(DateTime from, DateTime to)
    {
        var hours = UsualHours.FirstOrDefault(hours => Buckets(from, to, TimeSpan.FromHours(hours)) <= UsualBuckets);
        return hours > 0 ? TimeSpan.FromHours(hours) : TimeSpan.FromDays(Math.Ceiling((to - from).TotalDays / UsualBuckets));
    }

    private static long Buckets(DateTime from, DateTime to, TimeSpan interval) =>
        from >= to ? 0 : BucketOf(to.AddTicks(-1), interval) - BucketOf(from, interval) + 1;

    private static long BucketOf(DateTime time, TimeSpan interval) => time.Ticks / interval.Ticks;

    // The calendar may end within a bucket.
    private static DateTime TimeOf(long bucket, TimeSpan interval) =>
        new(Math.Min(bucket * interval.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc);
}
