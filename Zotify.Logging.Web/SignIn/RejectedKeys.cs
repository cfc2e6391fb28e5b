using System.Threading.RateLimiting;
using Zotify.Logging.AspNetCore.Common;

namespace Zotify.Logging.Web.SignIn;

/// <summary>
/// Makes rejected API keys audit events, a limited number for each address: nobody can flood the audit log by sending wrong keys.
/// Thread-safe.
/// </summary>
internal sealed class RejectedKeys(SignInTrail audit) : IDisposable
{
    /// <summary>How many of a minute are audit events, for one address.</summary>
    public const int MostEvents = 10;

    private readonly PartitionedRateLimiter<string> _events = AddressLimiter.Create(MostEvents);

    /// <summary>A request brought a key that is not known.</summary>
    public void Add(HttpContext context)
    {
        var address = Caller.AddressOf(context);
        using var lease = _events.AttemptAcquire(address ?? "");
        if (lease.IsAcquired) audit.SignInFailed(address, "api key");
    }

    /// <inheritdoc/>
    public void Dispose() => _events.Dispose();
}
