using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Zotify.Logging.Dispatch;

namespace Zotify.Logging.Capture;

/// <summary>
/// The logger of one category: gate, snapshot, post. Also accepts records from the buffers of Microsoft.Extensions.Telemetry. Thread-safe.
/// </summary>
internal sealed class ZotifyLogger(string category, ZotifyLoggerProvider provider) : ILogger, IBufferedLogger
{
    private volatile CategoryRoutes? _routes;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => provider.Scopes.Push(state);

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel)
    {
        var current = Current();
        return current.ConditionsAt(logLevel) is not { } conditions
            ? current.At(logLevel).Length > 0
            : conditions.Passed() != 0
                || (OverrideSearch.MayFind(conditions.Overrides) && conditions.Overridden() != 0)
                || conditions.IsKept(passed: 0);
    }

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        // Read once: a change of the settings applies to the whole call or not at all.
        var current = Current();
        var routes = current.At(logLevel);
        var conditions = current.ConditionsAt(logLevel);
        var passed = conditions is null ? ulong.MaxValue : Passed(conditions, current.Table.JobKey, state);
        var selected = Select(routes, passed, eventId, state, provider.Scopes, out var needs, out var isBehind);
        RingCall ring = default;
        if (conditions?.Ring is not null)
        {
            ring = RingCall.Of(conditions, passed, eventId, current.Table.JobKey, state, provider.Scopes);
            ring.Settle();
            if (ring.IsKept) needs |= ring.Needs;
        }

        if (selected == 0 && !ring.IsKept) return;
        provider.Snapshot(current.Table.Settings).Take(
            category, logLevel, eventId, state, exception, formatter, needs, mayDefer: !isBehind, out var record);
        if (ring.IsKept) ring.Keep(record, isAlsoPosted: selected != 0);
        LoggingService.Post(record, routes, selected);
    }

    /// <inheritdoc/>
    /// <exception cref="AggregateException">Handlers refused records and threw for their callers. All other records are logged.</exception>
    public void LogRecords(IEnumerable<BufferedLogRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        List<Exception>? refusals = null;
        foreach (var record in records)
        {
            try
            {
                Log(record);
            }
            catch (Exception exception)
            {
                (refusals ??= []).Add(exception);
            }
        }

        if (refusals is not null) throw new AggregateException(refusals);
    }

    private void Log(BufferedLogRecord buffered)
    {
        var current = Current();
        var routes = current.At(buffered.LogLevel);
        var passed = ulong.MaxValue;
        if (current.ConditionsAt(buffered.LogLevel) is { } conditions)
            passed = Passed(
                conditions, current.Table.JobKey, buffered.Attributes, NoScopes.Instance, buffered.ActivityTraceId?.ToHexString());
        var selected = Select(routes, passed, buffered.EventId, buffered.Attributes, NoScopes.Instance, out var needs, out _);
        if (selected == 0) return;
        provider.Snapshot(current.Table.Settings).Take(category, buffered, needs, out var record);
        LoggingService.Post(record, routes, selected);
    }

    /// <summary>The routes that category and level decide, cached until the settings change.</summary>
    private CategoryRoutes Current()
    {
        var routes = _routes;
        return routes?.Table.IsSuperseded == false ? routes : _routes = provider.Routes.For(category);
    }

    private ulong Passed<TState>(CallConditions conditions, string jobKey, in TState state) => conditions.Overrides.Length == 0
        ? conditions.Passed()
        : Passed(conditions, jobKey, state, provider.Scopes, OverrideSearch.CurrentTraceId());

    /// <summary>The bits of the routes that accept the call's level, or whose level an override lowers for it.</summary>
    private static ulong Passed<TState>(
        CallConditions conditions, string jobKey, in TState state, IExternalScopeProvider scopes, string? traceId)
    {
        var passed = conditions.Passed();
        return OverrideSearch.Finds(conditions.Overrides, jobKey, state, scopes, traceId) ? passed | conditions.Overridden() : passed;
    }

    private static ulong Select<TState>(
        Route[] routes, ulong passed, EventId eventId, TState state, IExternalScopeProvider scopes, out LogParts needs, out bool isBehind)
    {
        needs = LogParts.None;
        isBehind = false;
        ulong selected = 0;
        for (var i = 0; i < routes.Length; i++)
        {
            var route = routes[i];
            if ((passed & 1UL << i) == 0 || !route.Accepts(eventId)) continue;
            if (route.ScopeKey is { } key && !ScopeKeySearch.Finds(key, state, scopes)) continue;
            if (route.Handler.DropsUncaptured()) continue;
            selected |= 1UL << i;
            needs |= route.Handler.Needs;
            isBehind |= route.Handler.IsBehind;
        }

        return selected;
    }
}
