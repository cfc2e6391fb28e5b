namespace Zotify.Logging.Alerts;

/// <summary>When a message is tried again: after 1 s, then doubling up to 15 min, for a day. Pure functions.</summary>
internal static class WebhookSchedule
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>The wait after failed attempt number <paramref name="attempt"/>, from 1.</summary>
    /// <param name="attempt">The number of the attempt.</param>
    /// <param name="asked">How long the receiver wants to be left alone, if it said so.</param>
    /// <param name="chance">A random number from 0 to 1: senders that failed together must not return together.</param>
    public static TimeSpan After(int attempt, TimeSpan? asked, double chance)
    {
        if (asked is { } wait) return wait < LongestAsked ? wait : LongestAsked;
        var usual = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(attempt, 12) - 1));
        return (usual < Longest ? usual : Longest) * (0.5 + (chance / 2));
    }

    /// <summary>When a message is due. No wait is longer than an hour: a later time comes from a clock that was set back since.</summary>
    public static DateTimeOffset Due(DateTimeOffset at, DateTimeOffset now) => at - now > LongestAsked ? now : at;

    /// <summary>Whether a message that failed again is given up.</summary>
    public static bool IsOver(DateTimeOffset createdAt, DateTimeOffset now) => now - createdAt >= Lifetime;
}
