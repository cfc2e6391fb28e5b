using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Configuration;
using Zotify.Logging.Dispatch;

namespace Zotify.Logging.Capture;

/// <summary>Passes every <see cref="ILogger"/> call to the <see cref="LoggingService"/>. Thread-safe.</summary>
[ProviderAlias(Alias)]
internal sealed class ZotifyLoggerProvider : ILoggerProvider, ISupportExternalScope
{
    /// <summary>The provider's alias, as in <c>Logging:Zotify</c>.</summary>
    public const string Alias = "Zotify";

    private readonly LoggingService _service;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, ZotifyLogger> _loggers = new(StringComparer.Ordinal);
    private volatile RecordSnapshot? _snapshot;

    /// <param name="service">Where the records go.</param>
    /// <param name="time">The clock of the records.</param>
    public ZotifyLoggerProvider(LoggingService service, TimeProvider time)
    {
        _service = service;
        _time = time;
        service.HasProvider = true;
    }

    /// <summary>The scopes around a call, shared by all providers of the factory.</summary>
    public IExternalScopeProvider Scopes { get; private set; } = new LoggerExternalScopeProvider();

    /// <summary>The current routes.</summary>
    public RouteTable Routes => _service.Routes;

    /// <summary>Takes snapshots with the redaction of <paramref name="settings"/>.</summary>
    public RecordSnapshot Snapshot(DispatchSettings settings)
    {
        var snapshot = _snapshot;
        return ReferenceEquals(snapshot?.Redactor.Names, settings.Redact)
            ? snapshot
            : _snapshot = new RecordSnapshot(_time, Scopes, new Redactor(settings.Redact));
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) =>
        _loggers.GetOrAdd(categoryName, static (name, provider) => new ZotifyLogger(name, provider), this);

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider)
    {
        Scopes = scopeProvider;
        _snapshot = null;
    }

    /// <summary>Does nothing: the container owns the service, and drains it after everything that logs.</summary>
    public void Dispose()
    {
    }
}
