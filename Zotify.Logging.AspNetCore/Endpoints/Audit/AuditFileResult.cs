using System.Globalization;
using Zotify.Logging.AspNetCore.Common;
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
    AuditExport export, IAuditFileWriter writer, AuditFormat format, AuditTrail audit, CancellationToken end) : IResult
{
    /// <summary>
    /// The header with the number of records that the database is behind the journals; missing where the file is complete.
    /// </summary>
    public const string BehindHeader = "Zotify-Behind";

    private const int FlushAt = 64 * 1024;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = $"{format.MediaType}; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"audit.{format.Name}\"";
        response.Headers.CacheControl = "no-store";
        // nginx, and proxies like it, would buffer the answer.
        response.Headers["X-Accel-Buffering"] = "no";
        if (export.Behind > 0) response.Headers[BehindHeader] = export.Behind.ToString(CultureInfo.InvariantCulture);
        var count = 0L;
        try
        {
            var output = response.BodyWriter;
            writer.WriteStart(output);
            await foreach (var item in export.Events.WithCancellation(end))
            {
                writer.Write(item, output);
                count++;
                if (output.UnflushedBytes >= FlushAt) await output.FlushAsync(end);
            }

            await output.FlushAsync(end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            httpContext.Abort();
        }
        catch (Exception)
        {
            // The client must not take what was sent for a complete file.
            httpContext.Abort();
            throw;
        }
        finally
        {
            audit.Read(Caller.Of(httpContext), AuditParameters.Given(httpContext.Request), count);
        }
    }
}
