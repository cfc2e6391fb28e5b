using Microsoft.Extensions.Logging;
using OpenTelemetry;

namespace Zotify.Logging.Benchmarks.Contenders;

/// <summary>
/// OpenTelemetry with its batch processor and an exporter that writes lines. It drops records when its queue is full, so the queue is long
/// enough never to be full.
/// </summary>
internal sealed class OpenTelemetryFile : Contender
{
    private const int MostRecords = 4_000_000;

    public override string Name => "OpenTelemetry";

    public override Role Role => Role.RenderingPeer;

    public override void Add(ILoggingBuilder builder, string folder) => builder.AddOpenTelemetry(options =>
    {
        options.IncludeFormattedMessage = true;
        options.AddProcessor(_ => new BatchLogRecordExportProcessor(
            new FileExporter(
                Path.Combine(folder, FileName!)), maxQueueSize: MostRecords, scheduledDelayMilliseconds: 10, maxExportBatchSize: 1_000));
    });
}
