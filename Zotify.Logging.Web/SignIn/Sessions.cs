using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;

namespace Zotify.Logging.Web.SignIn;

/// <summary>
/// The sessions that somebody has signed out of, and the requests of the others. A cookie is only what a browser keeps: signing out has to
/// end the session here as well, for every copy of the cookie, and with it the streams that are open. Thread-safe.
/// </summary>
internal sealed class Sessions(EndedSessions ended)
{
    /// <summary>The claim that identifies a session.</summary>
    public const string IdClaim = "session_id";

    /// <summary>How long a cookie is valid.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, HashSet<SessionRequestLease>> _requests = [];

    /// <summary>The claim of a new session.</summary>
    public static Claim NewId() => new(IdClaim, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)));

    /// <summary>The session of a caller; <see langword="null"/> for one without a session.</summary>
    public static string? IdOf(ClaimsPrincipal? user) => user?.FindFirst(IdClaim)?.Value;

    /// <summary>Whether somebody has signed out of it.</summary>
    public bool HasEnded(string id)
    {
        lock (_gate) return ended.Contains(id);
    }

    /// <summary>Ends a session, and breaks off its requests.</summary>
    public void End(string id)
    {
        SessionRequestLease[] requests;
        lock (_gate)
        {
            ended.Add(id);
            requests = [.. _requests.GetValueOrDefault(id) ?? []];
        }

        foreach (var request in requests) request.Abort();
    }

    /// <summary>Has a request of a session broken off when the session ends, until the lease is disposed.</summary>
    public SessionRequestLease Enter(string id, Action abort)
    {
        var lease = new SessionRequestLease(abort, left => Leave(id, left));
        lock (_gate)
        {
            if (!_requests.TryGetValue(id, out var requests)) _requests.Add(id, requests = []);
            requests.Add(lease);
            if (!ended.Contains(id)) return lease;
        }

        lease.Abort();
        return lease;
    }

    private void Leave(string id, SessionRequestLease lease)
    {
        lock (_gate)
        {
            if (_requests.TryGetValue(id, out var requests) && requests.Remove(lease) && requests.Count == 0) _requests.Remove(id);
        }
    }
}
