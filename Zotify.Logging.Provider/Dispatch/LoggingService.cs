using Microsoft.Extensions.Logging;
using Zotify.Logging.Configuration;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Records;

namespace Zotify.Logging;

/// <summary>
/// The registry of the handlers. It routes each record to the handlers that accept it. A singleton of its container, which does no logging
/// itself. It opens nothing before the first record, or the start of a host. The built-in handlers of all containers of a process that use
/// one directory are the same ones. Thread-safe.
/// </summary>
public sealed class LoggingService : IDisposable, IAsyncDisposable
{
    private readonly ServiceHandler[] _handlers;
    private readonly DirectoryAccess? _directory;
    private readonly IDispatchSettingsSource _source;
    private readonly TimeProvider _time;
    private readonly SelfDiagnostics _diagnostics;
    private readonly LevelOverrides _overrides;
    private readonly DebugRing _ring = new();
    private readonly Lock _gate = new();
    private volatile RouteTable _routes;
    private volatile bool _isHosted;
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
        _time = time;
        _diagnostics = diagnostics;
        HeedsSignals = heedsSignals;
        _overrides = new LevelOverrides(source, time);
        void Opening() => ProcessEnd.Add(this);
        if (shared is not null) _directory = new DirectoryAccess(shared, Opening);
        var settings = source.Current;
        _handlers = [.. registrations.Select(registration =>
        {
            var options = settings.Handlers[registration.Name];
            IPipelineSource pipeline = registration.Share is null
                ? new OwnPipeline(registration, options, services, time, diagnostics, Opening)
                : new SharedPipeline(registration, options, _directory!);
            return new ServiceHandler(registration, options, pipeline, diagnostics);
        })];
        _routes = Compile(settings);
        source.Changed += Reroute;
    }

    /// <summary>The registered handlers, each with its current state.</summary>
    public IReadOnlyList<HandlerStatus> Handlers => [.. _handlers.Select(handler => handler.Status())];

    /// <summary>The full configuration keys that changed since the start and take effect at the next start.</summary>
    public IReadOnlyList<string> PendingKeys => _source.Pending;

    /// <summary>The overrides of levels that are active, oldest first.</summary>
    public IReadOnlyList<LevelOverride> Overrides => _overrides.Active;

    /// <summary>What is kept of levels below the system log's.</summary>
    internal DebugRing Ring => _ring;

    /// <summary>The states that metrics count: handlers that several services share, with one of them.</summary>
    internal IEnumerable<HandlerStatus> MeasuredHandlers =>
        _handlers.Where(handler => handler.Source.IsMeasured).Select(handler => handler.Status());

    /// <summary>Whether a logger factory has made the provider. Otherwise nothing is logged, and a host need not open anything.</summary>
    internal bool HasProvider { get; set; }

    /// <summary>Whether it flushes at the signals that end a process, because no host handles them.</summary>
    internal bool HeedsSignals { get; }

    /// <summary>How long the disposal may take.</summary>
    internal TimeSpan ShutdownTimeout => _source.Current.ShutdownTimeout;

    /// <summary>The current routes. A new instance after every change of the settings.</summary>
    internal RouteTable Routes => _routes;

    /// <summary>Returns when everything logged before the call has reached the <paramref name="target"/>.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first. The flush goes on nevertheless.</exception>
    /// <exception cref="IOException">A handler could not reach its disk.</exception>
    public Task FlushAsync(FlushTo target, CancellationToken cancellationToken = default) =>
        Task.WhenAll(_handlers.Select(handler => handler.FlushAsync(target, cancellationToken)));

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
    /// <exception cref="ArgumentException">A condition, level or duration cannot be used; its <c>ParamName</c> names it.</exception>
    /// <exception cref="InvalidOperationException">100 overrides are active.</exception>
    /// <exception cref="ObjectDisposedException">The service was disposed.</exception>
    public LevelOverride Override(LevelOverrideMatch match, LogLevel level, TimeSpan duration) =>
        _overrides.Add(match, level, duration);

    /// <summary>
    /// Writes what was logged, and drains it to the database, within <c>ShutdownTimeout</c>. What is left is counted and reported on
    /// stderr.
    /// Where no other container of the process uses the directory, closes it and frees its lock.
    /// </summary>
    /// <remarks>
    /// A late call neither throws nor blocks. System, audit and job records are still written, where the directory exists and no other
    /// process has taken it; the rest is counted. A late <c>Durable</c> audit event is refused: the call throws.
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
    internal async Task StopAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(ShutdownTimeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        await Task.WhenAll(_handlers.Select(handler => handler.StopAsync(_time, linked.Token))).ConfigureAwait(false);
    }

    /// <summary>
    /// A host starts: opens the handlers, and returns when all have started. Fails with the exception of the first one that could not.
    /// </summary>
    internal async Task StartedAsync(CancellationToken cancellationToken)
    {
        _directory?.BecomeHost();
        _isHosted = true;
        var wanted = Wanted();
        // All at once: whoever is waited for first must not hold up the others.
        foreach (var handler in wanted) handler.Open();
        foreach (var handler in wanted) await handler.StartedAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reports what the service's own handlers have not written. For a process that is about to end without a disposal.</summary>
    internal void ReportUnwritten()
    {
        foreach (var own in _handlers.Select(handler => handler.Source).OfType<OwnPipeline>()) own.Find()?.ReportUnwritten();
        _diagnostics.Flush();
    }

    /// <summary><see cref="FlushAsync"/> for the handlers of one type only.</summary>
    internal Task FlushHandlerAsync(Type handlerType, FlushTo target, CancellationToken cancellationToken) => Task.WhenAll(
        _handlers.Where(handler => handler.HandlerType == handlerType).Select(handler => handler.FlushAsync(target, cancellationToken)));

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
            var before = Array.ConvertAll(_handlers, handler => handler.Options);
            var superseded = _routes;
            _routes = Compile(_source.Current);
            superseded.Supersede();
            // After the routes changed: records of the old routes come before what a handler logs about the change.
            for (var i = 0; i < _handlers.Length; i++)
                if (_handlers[i].Options != before[i]) _handlers[i].NotifyChanged();
            _directory?.Change(ShutdownTimeout);
            // A handler that was enabled.
            if (_isHosted) foreach (var handler in Wanted()) handler.Open();
        }
    }

    /// <summary>
    /// The enabled handlers. A host opens the built-in ones together, so that earlier records reach the database, and the audit log shows
    /// that it is switched off.
    /// </summary>
    private ServiceHandler[] Wanted()
    {
        var anyShared = Array.Exists(_handlers, handler => handler.Source is SharedPipeline && handler.Options.Enabled);
        return Array.FindAll(_handlers, handler => handler.Source is SharedPipeline ? anyShared : handler.Options.Enabled);
    }

    private RouteTable Compile(DispatchSettings settings)
    {
        foreach (var handler in _handlers) handler.Options = settings.Handlers[handler.Name];
        _ring.Configure(Array.Find(_handlers, handler => handler.Options.ActiveRing is not null)?.Options.ActiveRing);
        return new RouteTable(
            _handlers.Select(handler => new Route(handler, handler.Options, handler.Options.ActiveRing is null ? null : _ring)),
            settings);
    }

    /// <summary>What the stop of the host has left of the timeout.</summary>
    private TimeSpan Left(TimeSpan stopTime) => ShutdownTimeout > stopTime ? ShutdownTimeout - stopTime : TimeSpan.Zero;

    private Task DrainOnce()
    {
        lock (_gate) return _drained ??= DrainAsync();
    }

    private async Task DrainAsync()
    {
        _overrides.Dispose();
        _source.Changed -= Reroute;
        foreach (var handler in _handlers) handler.Close();
        var shared = _handlers.Where(handler => handler.Source is SharedPipeline).Select(handler => handler.StopTime);
        List<Task> closed = [_directory?.CloseAsync(Left(shared.Append(TimeSpan.Zero).Max())) ?? Task.CompletedTask];
        foreach (var handler in _handlers)
            if (handler.Source is OwnPipeline own) closed.Add(own.CloseAsync(Left(handler.StopTime)));
        await Task.WhenAll(closed).ConfigureAwait(false);
        _diagnostics.End();
        ProcessEnd.Remove(this);
    }
}
