namespace Zotify.Logging.Retention;

/// <summary>How often retention runs. A pure function.</summary>
internal static class RetentionInterval
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>A tenth of the age that is kept, from one second to ten minutes.</summary>
    public static TimeSpan For(TimeSpan? age)
    {
        var interval = age / 10 ?? Longest;
        if (interval < Shortest) return Shortest;
        return interval < Longest ? interval : Longest;
    }
}
