namespace Zotify.Logging.Provider.Dispatch;

/// <summary>The registry of handlers and the way to them. A singleton that does no logging itself. Thread-safe.</summary>
public sealed class LoggingService : IDisposable
{
    /// <summary>Returns when everything logged before the call is where <paramref name="target"/> says.</summary>
    /// <exception cref="OperationCanceledException">Cancelled first.</exception>
    public Task FlushAsync(FlushTo target, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Drains the handlers.</summary>
    public void Dispose() => throw new NotImplementedException();
}
