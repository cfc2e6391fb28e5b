using Microsoft.Extensions.Hosting;
using Zotify.Logging.Alerts;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Monitoring;

/// <summary>Tells the alerts what is wrong with the logging itself, as the handlers' states and the last proof show it.</summary>
/// <param name="service">The handlers.</param>
/// <param name="alerts">The alerts.</param>
/// <param name="prover">Has the last proof; <see langword="null"/> where there is none.</param>
/// <param name="instances">The instances and jobs of the database.</param>
/// <param name="time">The clock.</param>
internal sealed class ConditionWatch(
    LoggingService service, AlertTargetFactory alerts, AuditProver? prover, InstanceStates instances, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly InstanceConditions _others = new(instances);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!alerts.IsActive) return;
        var (progress, losses) = (new JournalProgress(time), new RecordLosses(time));
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (alerts.Engine is { } engine)
                {
                    var handlers = service.Handlers;
                    engine.Book.Observe(Conditions(handlers, progress, losses));
                    await ObserveOthersAsync(engine, handlers, stoppingToken).ConfigureAwait(false);
                }
            }
            // Any failure: the next look tells. An exception here would stop the host.
#pragma warning disable CA1031
            catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
            {
                // The handlers' states have their own failures.
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ObserveOthersAsync(AlertEngine engine, IReadOnlyList<HandlerStatus> handlers, CancellationToken cancellationToken)
    {
        if (handlers.Select(handler => handler.Watch).FirstOrDefault(watch => watch is not null) is not { } watch) return;
        try
        {
            engine.Book.Observe(await _others.ReadAsync(watch, cancellationToken).ConfigureAwait(false), InstanceConditions.Names);
        }
        catch (Exception exception) when (exception is DatabaseUnavailableException or OperationCanceledException)
        {
            // That the database cannot be read tells nothing about other instances. The next look does.
        }
    }

    private IEnumerable<AlertCondition> Conditions(
        IReadOnlyList<HandlerStatus> handlers, JournalProgress progress, RecordLosses losses) =>
    [
        .. handlers.Where(handler => handler.Name == AlertJournals.Audit).Select(NotWritten),
        .. progress.Read(handlers),
        .. losses.Read(handlers),
        .. prover?.Last is { } proof ? ProofConditions.Of(proof) : [],
    ];

    private static AlertCondition NotWritten(HandlerStatus audit) => new(
        BuiltInAlerts.AuditNotWritten,
        "",
        audit.Failure is null ? null : "failing",
        $"Audit events cannot be written: {audit.Failure}");
}
