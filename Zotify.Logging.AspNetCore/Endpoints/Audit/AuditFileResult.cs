using System.IO.Pipelines;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.AspNetCore.Streams;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Audit;

/// <summary>
/// Streams all events of an export as a file. The audit log records how many were sent, however the export ends.
/// </summary>
/// <param name="export">The events.</param>
/// <param name="writer">How they are written.</param>
/// <param name="format">What that is called.</param>
/// <param name="audit">Where it is logged.</param>
/// <param name="end">Ends it: the client left, or the host stops.</param>
internal sealed class AuditFileResult(
    AuditExport export, IAuditFileWriter writer, AuditFormat format, AuditTrail audit, CancellationToken end) : LongAnswer(end)
{
    /// <inheritdoc/>
    protected override async Task WriteAsync(HttpContext context, PipeWriter output, CancellationToken end)
    {
        var response = context.Response;
        response.ContentType = $"{format.MediaType}; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"audit.{format.Name}\"";
        SayBehind(response, export.Behind);
        var count = 0L;
        try
        {
            writer.WriteStart(output);
            // The first page has been read already.
            await output.FlushAsync(end);
            await foreach (var item in export.Events.WithCancellation(end))
            {
                writer.Write(item, output);
                count++;
                if (output.UnflushedBytes >= FlushAt) await output.FlushAsync(end);
            }

            await output.FlushAsync(end);
        }
        finally
        {
            audit.Read(Caller.Of(context), AuditParameters.Given(context.Request), count);
        }
    }
}
