using System.Diagnostics.Metrics;
using Zotify.Logging.Alerts;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Monitoring;

/// <summary>
/// The handlers' numbers as metrics of the meter <c>Zotify.Logging</c>. All instruments are observable, so they cost a log call nothing.
/// </summary>
internal static class LoggingMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Zotify.Logging";

    private const string Records = "{record}";

    /// <summary>Creates the instruments. They are alive as long as the factory.</summary>
    public static void Observe(LoggingService service, IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        void Counter(string name, Func<HandlerStatus, long> value, string description) =>
            meter.CreateObservableCounter(name, () => Each(service, value), Records, description);
        void Level(string name, Func<HandlerStatus, long> value, string unit, string description) =>
            meter.CreateObservableUpDownCounter(name, () => Each(service, value), unit, description);

        Counter("zotify.logging.records.written", handler => handler.Written, "Records that a handler wrote.");
        meter.CreateObservableCounter("zotify.logging.records.dropped", () => Dropped(service), Records, "Dropped records, by reason.");
        Counter("zotify.logging.records.retried", handler => handler.Retried, "Records of retried batches, once a retry.");
        Counter("zotify.logging.records.rejected", handler => handler.Rejected, "Written records that the database refused.");
        Counter("zotify.logging.records.renamed", handler => handler.Renamed, "Written records that had a reserved name.");
        Level("zotify.logging.queue.length", handler => handler.Queued, Records, "Records that wait for a handler.");
        Level("zotify.logging.queue.capacity", handler => handler.QueueCapacity, Records, "The most records that may wait.");
        Level("zotify.logging.queue.size", handler => handler.QueuedBytes, "By", "Bytes of the records that wait or are being written.");
        Level("zotify.logging.queue.limit", handler => handler.QueueBytesCapacity, "By", "The most bytes that these records may have.");
        meter.CreateObservableGauge(
            "zotify.logging.projection.behind",
            () => Each(service, handler => handler.Behind),
            Records,
            "Written records that are not in the database yet.");
        meter.CreateObservableGauge(
            "zotify.logging.target.behind",
            () => EachTarget(service, target => target.Behind),
            Records,
            "Records on the disk that a target does not have yet.");
        meter.CreateObservableCounter(
            "zotify.logging.target.sent", () => EachTarget(service, target => target.Sent), Records, "Records that a target took.");
        meter.CreateObservableCounter(
            "zotify.logging.target.rejected",
            () => EachTarget(service, target => target.Rejected),
            Records,
            "Records that a target refused.");
        meter.CreateObservableUpDownCounter(
            "zotify.logging.instances",
            () => EachWatch(service, watch => watch.Instances.Select(
                state => new Measurement<long>(state.Value, new KeyValuePair<string, object?>("state", state.Key)))),
            "{instance}",
            "Instances over the database, by state.");
        meter.CreateObservableUpDownCounter(
            "zotify.logging.jobs.stalled",
            () => EachWatch(service, watch => [new Measurement<long>(watch.StalledJobs)]),
            "{job}",
            "Running jobs whose instance is gone, or that logged nothing for the SilentAfter of their type.");
        meter.CreateObservableUpDownCounter(
            "zotify.logging.jobs.overdue",
            () => EachWatch(service, watch => watch.ExpectedTypes.Select(
                type => new Measurement<long>(type.Value ? 1 : 0, new KeyValuePair<string, object?>("job_type", type.Key)))),
            "{type}",
            "1 where no job of the type ran within its ExpectedEvery, else 0.");
        meter.CreateObservableUpDownCounter(
            "zotify.logging.ring.size", () => service.Ring.Bytes, "By", "Bytes of the lines that the ring of the system log keeps.");
        meter.CreateObservableCounter(
            "zotify.logging.ring.evicted", () => service.Ring.Evicted, Records, "Lines that the ring removed because there were too many.");
    }

    /// <summary>Creates the instruments of the last proof and of alerts.</summary>
    public static void Observe(AuditProver? prover, AlertTargetFactory alerts, TimeProvider time, IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        IEnumerable<Measurement<T>> Proof<T>(Func<AuditProof, T> value)
            where T : struct => prover?.Last is { } proof ? [new Measurement<T>(value(proof))] : [];
        IEnumerable<Measurement<long>> Alerts(Func<(int Pending, long Sent, long Failed), long> value) =>
            alerts.Engine is { } engine ? [new Measurement<long>(value(engine.Book.Counts))] : [];

        meter.CreateObservableGauge(
            "zotify.logging.proof.valid", () => Proof(proof => proof.Status == AuditVerificationStatus.Valid ? 1L : 0L), "1",
            "1 if the last proof of the audit log found nothing wrong, 0 otherwise.");
        meter.CreateObservableGauge(
            "zotify.logging.proof.age", () => Proof(proof => (time.GetUtcNow() - proof.At).TotalSeconds), "s",
            "The time since the last proof of the audit log.");
        meter.CreateObservableUpDownCounter(
            "zotify.logging.alerts.pending", () => Alerts(counts => counts.Pending), "{alert}", "Alerts that are not delivered yet.");
        meter.CreateObservableCounter(
            "zotify.logging.alerts.sent", () => Alerts(counts => counts.Sent), "{alert}", "Alerts that the receiver accepted.");
        meter.CreateObservableCounter(
            "zotify.logging.alerts.failed", () => Alerts(counts => counts.Failed), "{alert}", "Alerts that were given up after a day.");
    }

    private static IEnumerable<Measurement<long>> Each(LoggingService service, Func<HandlerStatus, long> value) =>
        service.MeasuredHandlers.Select(handler => new Measurement<long>(value(handler), Tag(handler)));

    private static IEnumerable<Measurement<long>> EachTarget(LoggingService service, Func<TargetStatus, long> value) =>
        service.MeasuredHandlers.SelectMany(handler => handler.Targets.Select(
            target => new Measurement<long>(value(target), Tag(handler), new("target", target.Name))));

    private static IEnumerable<Measurement<long>> EachWatch(
        LoggingService service, Func<WatchStatus, IEnumerable<Measurement<long>>> values) =>
        service.MeasuredHandlers.Select(handler => handler.Watch).OfType<WatchStatus>().SelectMany(values);

    private static IEnumerable<Measurement<long>> Dropped(LoggingService service) => service.MeasuredHandlers.SelectMany(handler =>
        handler.Dropped.Select(count => new Measurement<long>(count.Value, Tag(handler), new("reason", DropReasonNames.Of(count.Key)))));

    private static KeyValuePair<string, object?> Tag(HandlerStatus handler) => new("handler", handler.Name);
}
