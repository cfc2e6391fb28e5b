using System.Net.Http.Headers;

namespace Zotify.Logging.Common;

/// <summary>How the library sends requests of its own to receivers that the configuration names.</summary>
internal static class OutgoingHttp
{
    /// <summary>Creates a client. The caller disposes of it.</summary>
    /// <param name="timeout">How long a request may take.</param>
    public static HttpClient CreateClient(TimeSpan timeout)
    {
#pragma warning disable CA2000 // The client disposes of it.
        var handler = new SocketsHttpHandler
        {
            // Who moved changes the configuration: a redirection would take records and signatures elsewhere.
            AllowAutoRedirect = false,
            // The addresses of a name change.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            // Without it, the requests would be spans of the application's traces.
            ActivityHeadersPropagator = null,
        };
#pragma warning restore CA2000
        return new HttpClient(handler) { Timeout = timeout };
    }

    /// <summary>How long a receiver wants to be left alone; <see langword="null"/> where it does not say so.</summary>
    /// <param name="header">What it answered, a time span or a date.</param>
    /// <param name="time">The clock that the date is compared with.</param>
    public static TimeSpan? WaitOf(RetryConditionHeaderValue? header, TimeProvider time)
    {
        var wait = header?.Delta ?? (header?.Date - time.GetUtcNow());
        return wait > TimeSpan.Zero ? wait : null;
    }
}
