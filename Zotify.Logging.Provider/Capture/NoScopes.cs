using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Capture;

/// <summary>No scopes. For buffered records: the scopes around the flush of a buffer are not theirs.</summary>
internal sealed class NoScopes : IExternalScopeProvider
{
    /// <summary>The one instance.</summary>
    public static NoScopes Instance { get; } = new();

    /// <inheritdoc/>
    public void ForEachScope<TState>(Action<object?, TState> callback, TState state)
    {
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: no scope can be opened here.</exception>
    public IDisposable Push(object? state) => throw new NotSupportedException();
}
