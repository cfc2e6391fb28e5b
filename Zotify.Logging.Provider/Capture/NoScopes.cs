using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Capture;

/// <summary>No scopes: those around a call that hands over buffered records are not theirs.</summary>
internal sealed class NoScopes : IExternalScopeProvider
{
    /// <summary>The one instance.</summary>
    public static NoScopes Instance { get; } = new();

    /// <inheritdoc/>
    public void ForEachScope<TState>(Action<object?, TState> callback, TState state)
    {
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: nobody opens scopes here.</exception>
    public IDisposable Push(object? state) => throw new NotSupportedException();
}
