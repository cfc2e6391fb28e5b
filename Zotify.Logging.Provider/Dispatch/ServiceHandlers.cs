using Zotify.Logging.Common;
using Zotify.Logging.Configuration;
using Zotify.Logging.Diagnostics;

namespace Zotify.Logging.Dispatch;

/// <summary>The handlers of one service: those that it shares through its log directory, and its own. Thread-safe.</summary>
internal sealed class ServiceHandlers
{
    private readonly DirectoryAccess? _directory;
    private readonly TimeProvider _time;
    private volatile bool _isHosted;

    /// <param name="registrations">The handlers.</param>
    /// <param name="settings">The settings at the start.</param>
    /// <param name="services">The container that creates the service's own handlers.</param>
    /// <param name="time">The clock.</param>
    /// <param name="diagnostics">Where failures are reported.</param>
    /// <param name="shared">The service's setup of its log directory, if it has shared handlers.</param>
    /// <param name="opening">Called before anything is opened.</param>
    public ServiceHandlers(
        IEnumerable<HandlerRegistration> registrations,
        DispatchSettings settings,
        IServiceProvider services,
        TimeProvider time,
        SelfDiagnostics diagnostics,
        SharedSetup? shared,
        Action opening)
    {
        _time = time;
        _directory = shared is null ? null : new DirectoryAccess(shared, opening);
        All = [.. registrations.Select(registration =>
        {
            var options = settings.Handlers[registration.Name];
            IPipelineSource pipeline = registration.Share is null
                ? new OwnPipeline(registration, options, services, time, diagnostics, opening)
                : new SharedPipeline(registration, options, _directory!);
            return new ServiceHandler(registration, options, pipeline, time, diagnostics);
        })];
    }

    /// <summary>All handlers, in the order of their registration.</summary>
    public ServiceHandler[] All { get; }

    /// <summary>The handlers that metrics count. A handler that several services share is counted for one of them.</summary>
    public IEnumerable<ServiceHandler> Measured => All.Where(handler => handler.Source.IsMeasured);

    /// <summary>
    /// Called when a host starts: opens the handlers, and returns when all have started. Fails with the exception of the first one that
    /// could not start.
    /// </summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        _directory?.BecomeHost();
        _isHosted = true;
        var wanted = Wanted();
        // Start all at once: no handler must delay another.
        foreach (var handler in wanted) handler.Open();
        foreach (var handler in wanted) await handler.StartedAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Applies the handlers' new options, and opens those that a running host needs now.</summary>
    /// <param name="changed">The handlers whose options changed.</param>
    /// <param name="shutdownTimeout">How long the disposal may take from now on.</param>
    public void Apply(IEnumerable<ServiceHandler> changed, TimeSpan shutdownTimeout)
    {
        foreach (var handler in changed) handler.NotifyChanged();
        _directory?.Change(shutdownTimeout);
        if (!_isHosted) return;
        foreach (var handler in Wanted()) handler.Open();
    }

    /// <inheritdoc cref="LoggingService.FlushAsync"/>
    public Task FlushAsync(FlushTo target, CancellationToken cancellationToken) =>
        // Mostly one of them has something to flush.
        PendingTasks.WhenAll(All.Select(handler => handler.FlushOrFailAsync(target, cancellationToken)));

    /// <summary>Flushes what was logged before, within the timeout. Closes nothing. Throws nothing.</summary>
    public async Task StopAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        await Task.WhenAll(All.Select(handler => handler.StopAsync(linked.Token))).ConfigureAwait(false);
    }

    /// <summary>Reports what the service's own handlers have not written. For a process that is about to end without a disposal.</summary>
    public void ReportUnwritten()
    {
        foreach (var own in All.Select(handler => handler.Source).OfType<OwnPipeline>()) own.Find()?.ReportUnwritten();
    }

    /// <summary>
    /// Closes the service's own handlers and its use of the directory, within the timeout minus the time that the stop took.
    /// </summary>
    public Task CloseAsync(TimeSpan timeout)
    {
        TimeSpan Left(TimeSpan stopTime) => timeout > stopTime ? timeout - stopTime : TimeSpan.Zero;
        foreach (var handler in All) handler.Close();
        var closed = All
            .Select(handler => handler.Source is OwnPipeline own ? own.CloseAsync(Left(handler.StopTime)) : Task.CompletedTask)
            .ToList();
        var shared = All.Where(handler => handler.Source is SharedPipeline).Select(handler => handler.StopTime);
        if (_directory is not null) closed.Add(_directory.CloseAsync(Left(shared.Append(TimeSpan.Zero).Max())));
        return Task.WhenAll(closed);
    }

    /// <summary>
    /// The handlers that a host needs are the enabled ones. The built-in ones are opened together, so that earlier records of the journals
    /// are projected, and the audit log records that it is switched off.
    /// </summary>
    private ServiceHandler[] Wanted()
    {
        var anyShared = Array.Exists(All, handler => handler.Source is SharedPipeline && handler.Options.Enabled);
        return Array.FindAll(All, handler => handler.Source is SharedPipeline ? anyShared : handler.Options.Enabled);
    }
}
