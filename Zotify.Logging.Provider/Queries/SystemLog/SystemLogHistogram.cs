using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Queries;

/// <summary>How many entries of the system log there are over time.</summary>
/// <param name="Interval">The length of a bucket.</param>
/// <param name="Items">The buckets in order, including those without entries.</param>
/// <param name="StoppedAt">
/// About the time of the oldest entries that were read, where the counting stopped because going on would have taken long: no bucket is
/// before it. Otherwise <see langword="null"/>.
/// </param>
internal sealed record SystemLogHistogram(TimeSpan Interval, IReadOnlyList<SystemLogBucket> Items, DateTime? StoppedAt)
{
    /// <summary>How many lines of before the query are not written yet; 0 when nothing is missing.</summary>
    public long Behind { get; init; }

    /// <summary>Groups counts by minute into buckets.</summary>
    /// <param name="minutes">The counts: by minute and level.</param>
    /// <param name="from">The first time to show; <see langword="null"/> for the first one that there is.</param>
    /// <param name="to">The time to end before; <see langword="null"/> for the last one that there is.</param>
    /// <param name="interval">The length of a bucket, whole minutes; <see langword="null"/> for about 100 buckets at most.</param>
    /// <param name="stoppedAt">Where the counting stopped.</param>
    /// <exception cref="ArgumentException">There would be over 1,000 buckets.</exception>
    public static SystemLogHistogram Of(
        IReadOnlyDictionary<(DateTime Minute, LogLevel Level), long> minutes,
        DateTime? from,
        DateTime? to,
        TimeSpan? interval,
        DateTime? stoppedAt)
    {
        var first = stoppedAt ?? from ?? (minutes.Count == 0 ? null : minutes.Keys.Min(minute => minute.Minute));
        var end = to ?? (minutes.Count == 0 ? null : minutes.Keys.Max(minute => EndOf(minute.Minute)));
        var shortest = TimeSpan.FromMinutes(1);
        if (first is not { } start || end is not { } last || start >= last)
            return new SystemLogHistogram(interval ?? shortest, [], stoppedAt);
        var buckets = TimeBuckets.Of(start, last, interval, shortest);
        var counts = Enumerable.Range(0, buckets.Count).Select(_ => new long[(int)LogLevel.None]).ToArray();
        foreach (var ((minute, level), count) in minutes)
        {
            if (buckets.IndexOf(minute) is >= 0 and var index && index < buckets.Count) counts[index][(int)level] += count;
        }

        return new SystemLogHistogram(
            buckets.Interval, [.. counts.Select((byLevel, i) => SystemLogBucket.Of(buckets.At(i), byLevel))], stoppedAt);
    }

    // The range may begin within the newest minute. The calendar ends within one.
    private static DateTime EndOf(DateTime minute) =>
        minute > DateTime.MaxValue - TimeSpan.FromMinutes(1) ? DateTime.MaxValue : minute.AddMinutes(1);
}
