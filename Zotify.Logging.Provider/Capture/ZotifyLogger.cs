using Microsoft.Extensions.Logging;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Projection;

namespace Zotify.Logging.Capture;

/// <summary>The logger of one category: gate, snapshot, post. Thread-safe.</summary>
internal sealed class ZotifyLogger(string category, ZotifyLoggerProvider provider) : ILogger
{
    private volatile LoggerRoutes? _routes;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => provider.Scopes.Push(state);

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => Current().At(logLevel).Length > 0;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        // Read once: a change of the settings holds for the whole of a call, or for nothing of it.
        var current = Current();
        var routes = current.At(logLevel);
        var selected = Select(routes, eventId, state, out var needs);
        if (selected == 0) return;
        provider.Snapshot(current.Table.Settings).Take(category, logLevel, eventId, state, exception, formatter, needs, out var record);
        LoggingService.Post(record, routes, selected);
    }

    /// <summary>What category and level alone decide, kept until the settings change.</summary>
    private LoggerRoutes Current()
    {
        var routes = _routes;
        if (routes?.Table.IsSuperseded == false) return routes;
        var table = provider.Routes;
        return _routes = new LoggerRoutes(table, table.For(category));
    }

    private ulong Select<TState>(Route[] routes, EventId eventId, TState state, out LogParts needs)
    {
        needs = LogParts.None;
        ulong selected = 0;
        for (var i = 0; i < routes.Length; i++)
        {
            var route = routes[i];
            if (!route.Takes(eventId)) continue;
            if (route.ScopeKey is { } key && !ScopeKeySearch.Finds(key, state, provider.Scopes)) continue;
            if (route.Lane.DropsUncaptured()) continue;
            selected |= 1UL << i;
            needs |= route.Lane.Needs;
        }

        return selected;
    }

    private sealed record LoggerRoutes(RouteTable Table, Route[][] ByLevel)
    {
        public Route[] At(LogLevel level) => (uint)level < (uint)ByLevel.Length ? ByLevel[(int)level] : [];
    }
}
