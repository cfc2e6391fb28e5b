using Microsoft.Extensions.Logging;
using Zotify.Logging.Configuration;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Records;

namespace Zotify.Logging;

/// <summary>
/// The registry of the handlers. It routes each record to the handlers that accept it. A singleton of its container; it does not log. It
/// opens nothing before the first record or the start of a host. All containers of a process that use one directory share the built-in
/// handlers. Thread-safe.
/// </summary>
public sealed class LoggingService : IDisposable, IAsyncDisposable
{
    private readonly ServiceHandlers _handlers;
    private readonly IDispatchSettingsSource _source;
    private readonly SelfDiagnostics _diagnostics;
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
        bool heedsSignals,
        SharedSetup? shared = null)
    {
        _source = source;
        _diagnostics = diagnostics;
        HeedsSignals = heedsSignals;
        _overrides = new LevelOverrides(source, time);
        var settings = source.Current;
        _handlers = new ServiceHandlers(registrations, settings, services, time, diagnostics, shared, () => ProcessEnd.Add(this));
        _routes = Compile(settings);
        source.Changed += Reroute;
    }

    /// <summary>The registered handlers, each with its current state.</summary>
    public IReadOnlyList<HandlerStatus> Handlers => [.. _handlers.All.Select(handler => handler.Status())];

    /// <summary>The full configuration keys that changed since the start and take effect at the next start.</summary>
    public IReadOnlyList<string> PendingKeys => _source.Pending;

    /// <summary>The active overrides of levels, oldest first.</summary>
    public IReadOnlyList<LevelOverride> Overrides => _overrides.Active;

    /// <summary>The states that metrics count. The state of a handler that several services share is counted for one of them.</summary>
    internal IEnumerable<HandlerStatus> MeasuredHandlers => _handlers.Measured.Select(handler => handler.Status());

    /// <summary>
    /// Whether a logger factory has created the provider. Otherwise nothing is logged, and a host need not open anything.
    /// </summary>
    internal bool HasProvider { get; set; }

    /// <summary>Whether it flushes at the signals that end a process. False with a host, which handles them.</summary>
    internal bool HeedsSignals { get; }

    /// <summary>How long the disposal may take.</summary>
    internal TimeSpan ShutdownTimeout => _source.Current.ShutdownTimeout;

    /// <summary>The ring of lines below the system log's level.</summary>
    internal DebugRing Ring => _ring;

    /// <summary>The current routes. A new instance after every change of the settings.</summary>
    internal RouteTable Routes => _routes;

    /// <summary>
    /// Returns when everything logged before the call has reached the <paramref name="target"/>. A flush to the disk fails at once while
    /// the journal of audit events or of jobs cannot be written, so that the action can be refused; the records may still be written
    /// later. Otherwise it waits as long as a disk or the database fails.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first. The flush goes on nevertheless.</exception>
    /// <exception cref="IOException">A handler could not reach its disk.</exception>
    public Task FlushAsync(FlushTo target, CancellationToken cancellationToken = default) =>
        _handlers.FlushAsync(target, cancellationToken);

    /// <summary>
    /// Lowers the level for one user, job, trace or category for a while: the handlers System and Jobs accept matching calls from
    /// <paramref name="level"/> up, regardless of <c>MinimumLevel</c>, <c>Logging:LogLevel</c> and <c>Logging:Zotify:LogLevel</c>. Only
    /// adds records. A category whose rule or filter function refuses even <see cref="LogLevel.Critical"/> stays off, and the handlers'
    /// other conditions still apply. It applies to this process and is in force when this method returns.
    /// </summary>
    /// <param name="match">The calls that it applies to.</param>
    /// <param name="level">The lowest level that is logged.</param>
    /// <param name="duration">How long it lasts, up to 24 hours.</param>
    /// <returns>The override. Dispose it to end it before its time.</returns>
    /// <exception cref="ArgumentException">A condition, level or duration cannot be used; its <c>ParamName</c> names it.</exception>
    /// <exception cref="InvalidOperationException">100 overrides are active.</exception>
    /// <exception cref="ObjectDisposedException">The service was disposed.</exception>
    public LevelOverride Override(LevelOverrideMatch match, LogLevel level, TimeSpan duration) =>
        _overrides.Add(match, level, duration);

    /// <summary>
    /// Writes what was logged, and drains it to the database, within <c>ShutdownTimeout</c>. The rest is counted and reported on stderr. If
    /// no other container of the process uses the directory, closes it and frees its lock.
    /// </summary>
    /// <remarks>
    /// A late call neither throws nor blocks. System, audit and job records are still written if the directory exists and no other process
    /// has taken it; others are counted. A late <c>Durable</c> audit event is refused: the call throws.
    /// </remarks>
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
    internal Task StopAsync(CancellationToken cancellationToken) => _handlers.StopAsync(ShutdownTimeout, cancellationToken);

    /// <inheritdoc cref="ServiceHandlers.StartedAsync"/>
    internal Task StartedAsync(CancellationToken cancellationToken) => _handlers.StartedAsync(cancellationToken);

    /// <inheritdoc cref="ServiceHandlers.ReportUnwritten"/>
    internal void ReportUnwritten()
    {
        _handlers.ReportUnwritten();
        _diagnostics.Flush();
    }

    /// <summary>Whether <see cref="FlushHandlerAsync"/> has nothing to wait for.</summary>
    internal bool IsFlushed(Type handlerType, FlushTo target)
    {
        foreach (var handler in _handlers.All)
        {
            if (handler.HandlerType == handlerType && !handler.IsFlushed(target)) return false;
        }

        return true;
    }

    /// <summary><see cref="FlushAsync"/> for the handlers of one type only.</summary>
    internal Task FlushHandlerAsync(Type handlerType, FlushTo target, CancellationToken cancellationToken) =>
        Task.WhenAll(_handlers.All.Where(handler => handler.HandlerType == handlerType)
            .Select(handler => handler.FlushAsync(target, cancellationToken)));

    /// <summary>
    /// Posts a record to the selected routes. An exception of one pipeline is thrown only after every other has the record.
    /// </summary>
    /// <param name="record">The snapshot of the call.</param>
    /// <param name="routes">The routes of the logger and level.</param>
    /// <param name="selected">A bit for each route that accepts the record.</param>
    internal static void Post(in RecordValues record, Route[] routes, ulong selected)
    {
        // With one handler, its consumer returns the message to the pool. With several, no consumer knows which is the last.
        if ((selected & (selected - 1)) != 0 && record.Text is DeferredMessage message) message.IsShared = true;
        List<Exception>? refusals = null;
        for (var i = 0; i < routes.Length; i++)
        {
            if ((selected & 1UL << i) == 0) continue;
            try
            {
                routes[i].Handler.Post(record);
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
            if (_drained is not null) return;
            var before = Array.ConvertAll(_handlers.All, handler => handler.Options);
            var superseded = _routes;
            _routes = Compile(_source.Current);
            superseded.Supersede();
            // After the routes changed: records of the old routes come before what a handler logs about the change.
            _handlers.Apply(_handlers.All.Where((handler, at) => handler.Options != before[at]), ShutdownTimeout);
        }
    }

    private RouteTable Compile(DispatchSettings settings)
    {
        var handlers = _handlers.All;
        foreach (var handler in handlers) handler.Options = settings.Handlers[handler.Name];
        _ring.Configure(Array.Find(handlers, handler => handler.Options.ActiveRing is not null)?.Options.ActiveRing);
        return new RouteTable(
            handlers.Select(handler => new Route(handler, handler.Options, handler.Options.ActiveRing is null ? null : _ring)), settings);
    }

    private Task DrainOnce()
    {
        lock (_gate) return _drained ??= DrainAsync();
    }

    private async Task DrainAsync()
    {
        _overrides.Dispose();
        _source.Changed -= Reroute;
        await _handlers.CloseAsync(ShutdownTimeout).ConfigureAwait(false);
        _diagnostics.End();
        ProcessEnd.Remove(this);
    }
}
