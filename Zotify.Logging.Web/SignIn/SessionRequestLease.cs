namespace Zotify.Logging.Web.SignIn;

/// <summary>A request that runs in a session.</summary>
/// <param name="abort">Breaks it off.</param>
/// <param name="leave">Called when it is over.</param>
internal sealed class SessionRequestLease(Action abort, Action<SessionRequestLease> leave) : IDisposable
{
    /// <summary>Breaks the request off.</summary>
    public void Abort() => abort();

    /// <inheritdoc/>
    public void Dispose() => leave(this);
}
