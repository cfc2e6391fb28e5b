using Microsoft.Extensions.Logging;
using Zotify.Logging.Configuration;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Records;

namespace Zotify.Logging;

/// <summary>
/// The registry of the handlers. It routes each record to the pipelines of the handlers that accept it. A singleton, which does no
/// logging itself. Thread-safe.
/// </summary>
public sealed class LoggingService : IDisposable, IAsyncDisposable
{
    private readonly HandlerPipeline[] _pipelines;
    private readonly IDispatchSettingsSource _source;
    private readonly TimeProvider _time;
    private readonly SelfDiagnostics _diagnostics;
    private readonly ProcessEnd _end;
    private readonly LevelOverrides _overrides;
    private readonly DebugRing _ring = new();
    private readonly Lock _gate = new();
    private volatile RouteTable _routes;
    private Task? _drained;

    internal LoggingService(
        IEnumerable<HandlerRegistration> registrations,
        IDispatchSettingsSource source,
        IServiceProvider services,
        TimeProvider time,
        SelfDiagnostics diagnostics,
        bool heedsSignals)
    {
        _source = source;
        _time = time;
        _diagnostics = diagnostics;
        _overrides = new LevelOverrides(source, time);
        var settings = source.Current;
        _pipelines = [.. registrations.Select(r => new HandlerPipeline(r, settings.Handlers[r.Name], services, time, diagnostics))];
        _routes = Compile(settings);
        source.Changed += Reroute;
        foreach (var pipeline in _pipelines) pipeline.Start();
        _end = new ProcessEnd(Dispose, heedsSignals ? StopBlocking : null);
    }

    /// <summary>The registered handlers, each with its current state.</summary>
    public IReadOnlyList<HandlerStatus> Handlers => [.. _pipelines.Select(pipeline => pipeline.Status())];

    /// <summary>The full configuration keys that changed since the start and take effect at the next start.</summary>
    public IReadOnlyList<string> PendingKeys => _source.Pending;

    /// <summary>The overrides of levels that are active, oldest first.</summary>
    public IReadOnlyList<LevelOverride> Overrides => _overrides.Active;

    /// <summary>What is kept of levels below the system log's.</summary>
    internal DebugRing Ring => _ring;

    /// <summary>The current routes. A new instance after every change of the settings.</summary>
    internal RouteTable Routes => _routes;

    /// <summary>Returns when everything logged before the call has reached the <paramref name="target"/>.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first. The flush goes on nevertheless.</exception>
    /// <exception cref="IOException">A handler could not reach its disk.</exception>
    public Task FlushAsync(FlushTo target, CancellationToken cancellationToken = default) =>
        Task.WhenAll(_pipelines.Select(pipeline => pipeline.FlushAsync(target, cancellationToken)));

    /// <summary>
    /// Lowers the level for one user, job, trace or category for a while: the handlers System and Jobs take the matching calls from
    /// <paramref name="level"/> up, whatever <c>MinimumLevel</c>, <c>Logging:LogLevel</c> and <c>Logging:Zotify:LogLevel</c> say. Adds
    /// records and never removes any. A category whose rule or filter function refuses even <see cref="LogLevel.Critical"/> stays off, and
    /// the handlers' other conditions apply as always. Holds in this process. Returns once it is in force.
    /// </summary>
    /// <param name="match">The calls that it is for.</param>
    /// <param name="level">The lowest level that is let through.</param>
    /// <param name="duration">How long it lasts, up to 24 hours.</param>
    /// <returns>The override. Dispose it to end it before its time.</returns>
    /// <exception cref="ArgumentException">
    /// A condition, the level or the duration cannot be used; <see cref="ArgumentException.ParamName"/> names it.
    /// </exception>
    /// <exception cref="InvalidOperationException">100 overrides are active.</exception>
    /// <exception cref="ObjectDisposedException">The service was disposed.</exception>
    public LevelOverride Override(LevelOverrideMatch match, LogLevel level, TimeSpan duration)
    {
        ArgumentNullException.ThrowIfNull(match);
        return _overrides.Add(match, level, duration);
    }

    /// <summary>
    /// Accepts no more records and drains the handlers within <c>ShutdownTimeout</c>. What is left is counted and reported on stderr.
    /// </summary>
    public async ValueTask DisposeAsync() => await DrainOnce().ConfigureAwait(false);

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose()
    {
        // A deliberate exception to the ban on blocking: a container that is disposed synchronously must drain too, and so must a process
        // that ends. The drain has a deadline. It begins in this thread, which releases callers that wait for space at once, even where
        // they hold every thread of the pool.
#pragma warning disable RS0030
        DrainOnce().GetAwaiter().GetResult();
#pragma warning restore RS0030
    }

    /// <summary>
    /// Flushes what was logged before, within <c>ShutdownTimeout</c>. Closes nothing: more may be logged before the end. Throws nothing.
    /// </summary>
    internal async Task StopAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_source.Current.ShutdownTimeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        await Task.WhenAll(_pipelines.Select(pipeline => pipeline.StopAsync(linked.Token))).ConfigureAwait(false);
    }

    /// <summary>Returns when every handler has started. Fails with the exception of the first one that could not.</summary>
    internal async Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var pipeline in _pipelines) await pipeline.StartedAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary><see cref="FlushAsync"/> for the handlers of one type only.</summary>
    internal Task FlushHandlerAsync(Type handlerType, FlushTo target, CancellationToken cancellationToken) =>
        Task.WhenAll(_pipelines.Where(pipeline => pipeline.HandlerType == handlerType)
            .Select(pipeline => pipeline.FlushAsync(target, cancellationToken)));

    /// <summary>
    /// Posts a record to the selected routes. An exception of one pipeline is thrown only after every other has the record.
    /// </summary>
    /// <param name="record">The snapshot of the call.</param>
    /// <param name="routes">The routes of the logger and level.</param>
    /// <param name="selected">A bit for each route that accepts the record.</param>
    internal static void Post(in RecordValues record, Route[] routes, ulong selected)
    {
        // With one handler, its consumer returns the message to the pool. Of several, none knows which is the last.
        if ((selected & (selected - 1)) != 0 && record.Text is DeferredMessage message) message.IsShared = true;
        List<Exception>? refusals = null;
        for (var i = 0; i < routes.Length; i++)
        {
            if ((selected & 1UL << i) == 0) continue;
            try
            {
                routes[i].Pipeline.Post(record);
            }
            catch (Exception exception)
            {
                (refusals ??= []).Add(exception);
            }
        }

        if (refusals is null) return;
        if (refusals.Count == 1) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(refusals[0]);
        throw new AggregateException(refusals);
    }

    private void Reroute()
    {
        lock (_gate)
        {
            var before = Array.ConvertAll(_pipelines, pipeline => pipeline.Options);
            var superseded = _routes;
            _routes = Compile(_source.Current);
            superseded.Supersede();
            // After the routes changed: records of the old routes come before what a handler logs about the change.
            for (var i = 0; i < _pipelines.Length; i++)
                if (_pipelines[i].Options != before[i]) _pipelines[i].NotifyChanged(before[i]);
        }
    }

    private RouteTable Compile(DispatchSettings settings)
    {
        foreach (var pipeline in _pipelines) pipeline.Options = settings.Handlers[pipeline.Name];
        _ring.Configure(Array.Find(_pipelines, pipeline => pipeline.Options.ActiveRing is not null)?.Options.ActiveRing);
        return new RouteTable(
            _pipelines.Select(pipeline => new Route(pipeline, pipeline.Options, pipeline.Options.ActiveRing is null ? null : _ring)),
            settings);
    }

    private Task DrainOnce()
    {
        lock (_gate) return _drained ??= DrainAsync();
    }

    private async Task DrainAsync()
    {
        _overrides.Dispose();
        _source.Changed -= Reroute;
        var timeout = _source.Current.ShutdownTimeout;
        await Task.WhenAll(_pipelines.Select(pipeline => pipeline.DrainAsync(timeout))).ConfigureAwait(false);
        _diagnostics.End();
        _end.Dispose();
    }

    private void StopBlocking()
    {
#pragma warning disable RS0030 // The process ends when the signal's handler returns.
        StopAsync(CancellationToken.None).GetAwaiter().GetResult();
#pragma warning restore RS0030
        foreach (var pipeline in _pipelines) pipeline.ReportUnwritten();
        _diagnostics.Flush();
    }
}
