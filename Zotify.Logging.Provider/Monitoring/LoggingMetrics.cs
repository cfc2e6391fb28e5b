using System.Diagnostics.Metrics;
using Zotify.Logging.Dispatch;

namespace Zotify.Logging.Monitoring;

/// <summary>
/// The handlers' numbers as metrics of the meter <c>Zotify.Logging</c>. All instruments are observed: a log call pays
/// nothing for them.
/// </summary>
internal static class LoggingMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Zotify.Logging";

    private const string Records = "{record}";

    /// <summary>Makes the instruments; they last as long as the factory.</summary>
    public static void Observe(LoggingService service, IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableCounter("zotify.logging.records.written", () => Each(service, handler => handler.Written), Records, "Records that a handler took.");
        meter.CreateObservableCounter("zotify.logging.records.dropped", () => Dropped(service), Records, "Records that did not reach a handler, by reason.");
        meter.CreateObservableCounter("zotify.logging.records.retried", () => Each(service, handler => handler.Retried), Records, "Records that a handler was given again.");
        meter.CreateObservableCounter("zotify.logging.records.rejected", () => Each(service, handler => handler.Rejected), Records, "Written records that the database refused.");
        meter.CreateObservableCounter(
            "zotify.logging.records.renamed", () => Each(service, handler => handler.Renamed), Records, "Written records that had a reserved name.");
        meter.CreateObservableUpDownCounter("zotify.logging.queue.length", () => Each(service, handler => handler.Queued), Records, "Records that wait for a handler.");
        meter.CreateObservableUpDownCounter("zotify.logging.queue.capacity", () => Each(service, handler => handler.QueueCapacity), Records, "The most records that may wait.");
        meter.CreateObservableUpDownCounter("zotify.logging.queue.size", () => Each(service, handler => handler.QueuedBytes), "By", "Bytes of the records that wait or are being written.");
        meter.CreateObservableUpDownCounter("zotify.logging.queue.limit", () => Each(service, handler => handler.QueueBytesCapacity), "By", "The most bytes that these may have.");
        meter.CreateObservableGauge("zotify.logging.projection.behind", () => Each(service, handler => handler.Behind), Records, "Written records that are not in the database yet.");
    }

    private static IEnumerable<Measurement<long>> Each(LoggingService service, Func<HandlerStatus, long> value) =>
        service.Handlers.Select(handler => new Measurement<long>(value(handler), Tag(handler)));

    private static IEnumerable<Measurement<long>> Dropped(LoggingService service) => service.Handlers.SelectMany(handler =>
        handler.Dropped.Select(count => new Measurement<long>(count.Value, Tag(handler), new("reason", DropReasonNames.Of(count.Key)))));

    private static KeyValuePair<string, object?> Tag(HandlerStatus handler) => new("handler", handler.Name);
}
