namespace Zotify.Logging.Queries;

/// <summary>
/// Equal periods of time without gaps, to count by. Their ends are multiples of their length, so buckets of days begin at midnight in UTC.
/// Immutable.
/// </summary>
internal sealed class TimeBuckets
{
    /// <summary>The most buckets.</summary>
    public const int Max = 1_000;

    private const int Usual = 100;

    private static readonly int[] UsualMinutes = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720];
    private static readonly TimeSpan[] UsualIntervals = [.. UsualMinutes.Select(minutes => TimeSpan.FromMinutes(minutes))];

    private readonly long _begin;

    private TimeBuckets(TimeSpan interval, long begin, int count) => (Interval, _begin, Count) = (interval, begin, count);

    /// <summary>The length of each.</summary>
    public TimeSpan Interval { get; }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>The buckets from one time to another, exclusive.</summary>
    /// <param name="from">The first time.</param>
    /// <param name="to">The time after the last one.</param>
    /// <param name="interval">The length of a bucket; <see langword="null"/> for one that gives about 100 buckets at most.</param>
    /// <param name="shortest">The shortest length, where none is given.</param>
    /// <exception cref="ArgumentException">There would be over 1,000 buckets.</exception>
    public static TimeBuckets Of(DateTime from, DateTime to, TimeSpan? interval, TimeSpan shortest)
    {
        var length = interval ?? UsualInterval(from, to, shortest);
        Check(from, to, length);
        return new TimeBuckets(length, NumberOf(from, length), (int)CountOf(from, to, length));
    }

    /// <summary>Throws if there are too many buckets.</summary>
    /// <exception cref="ArgumentException">There would be over 1,000.</exception>
    public static void Check(DateTime from, DateTime to, TimeSpan interval)
    {
        if (CountOf(from, to, interval) > Max)
        {
            throw new ArgumentException(
                $"There would be over {Max} buckets; choose a longer interval or a shorter period.", nameof(interval));
        }
    }

    /// <summary>The bucket of a time; a number that no bucket has for times outside of all.</summary>
    public long IndexOf(DateTime time) => NumberOf(time, Interval) - _begin;

    /// <summary>The start and the end of a bucket.</summary>
    public (DateTime From, DateTime To) At(int index) => (TimeOf(_begin + index), TimeOf(_begin + index + 1));

    private static TimeSpan UsualInterval(DateTime from, DateTime to, TimeSpan shortest)
    {
        var usual = Array.Find(UsualIntervals, length => length >= shortest && CountOf(from, to, length) <= Usual);
        return usual > TimeSpan.Zero ? usual : TimeSpan.FromDays(Math.Ceiling((to - from).TotalDays / Usual));
    }

    private static long CountOf(DateTime from, DateTime to, TimeSpan interval) =>
        from >= to ? 0 : NumberOf(to.AddTicks(-1), interval) - NumberOf(from, interval) + 1;

    private static long NumberOf(DateTime time, TimeSpan interval) => time.Ticks / interval.Ticks;

    // The calendar may end within a bucket.
    private DateTime TimeOf(long number) => new(Math.Min(number * Interval.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc);
}
