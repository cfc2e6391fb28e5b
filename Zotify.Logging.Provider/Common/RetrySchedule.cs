namespace Zotify.Logging.Common;

/// <summary>How long to wait after a failed attempt: 100 ms, then doubling up to 10 s. A pure function.</summary>
internal static class RetrySchedule
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>The wait after a failure that lasts until somebody acts.</summary>
    public static TimeSpan Permanent { get; } = TimeSpan.FromMinutes(1);

    /// <summary>The wait after attempt number <paramref name="attempt"/>, which counts from 1.</summary>
    public static TimeSpan After(int attempt)
    {
        var wait = First * Math.Pow(2, Math.Min(attempt, 30) - 1);
        return wait < Longest ? wait : Longest;
    }
}
