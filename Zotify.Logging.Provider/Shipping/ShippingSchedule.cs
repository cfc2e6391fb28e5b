using Zotify.Logging.Common;

namespace Zotify.Logging.Shipping;

/// <summary>How long to wait after a failed attempt to send. A pure function.</summary>
internal static class ShippingSchedule
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The wait after attempt number <paramref name="attempt"/>. At least what the target asked for, up to ten minutes. Otherwise half of
    /// the usual wait or more: writers that failed together must not return together.
    /// </summary>
    /// <param name="failure">The failure.</param>
    /// <param name="attempt">The number of the attempt, from 1.</param>
    /// <param name="chance">A random number from 0 to 1.</param>
    public static TimeSpan After(Exception failure, int attempt, double chance)
    {
        if (failure is TargetException { RetryAfter: { } asked })
        {
            var wait = asked * (1 + (chance / 10));
            return wait < Longest ? wait : Longest;
        }

        var usual = failure is TargetException { Fault: TargetFault.Permanent } ? RetrySchedule.Permanent : RetrySchedule.After(attempt);
        return usual * (0.5 + (chance / 2));
    }
}
