using System.Threading.RateLimiting;

namespace Zotify.Logging.Web.SignIn;

/// <summary>Limits what an address may do within a minute.</summary>
internal static class AddressLimiter
{
    /// <summary>The period that permits are counted in.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Creates a limiter with a number of permits for each address and period. Thread-safe.</summary>
    public static PartitionedRateLimiter<string> Create(int permits) => PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(
            address, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = Window }));
}
