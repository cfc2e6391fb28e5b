using System.Globalization;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Zotify.Logging.AspNetCore.Streams;

/// <summary>
/// An answer whose body may be long. A body that cannot be finished breaks the connection off, in every format: no client takes what it got
/// for the whole.
/// </summary>
internal abstract class LongAnswer : IResult
{
    /// <summary>The header with the number of records that the log does not have yet; missing where the answer is complete.</summary>
    public const string BehindHeader = "Zotify-Behind";

    /// <summary>
    /// The header with the cursor that a stream begins at, where it is known by then: text and NDJSON have no other place before the first
    /// item.
    /// </summary>
    public const string CursorHeader = "Zotify-Cursor";

    /// <summary>When more bytes than this wait to be sent, they are sent.</summary>
    protected const int FlushAt = 64 * 1024;

    private readonly CancellationToken _end;

    /// <param name="end">Ends the answer before its own end: the client left, or the host stops.</param>
    protected LongAnswer(CancellationToken end) => _end = end;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // An application's UseRequestTimeouts must not cut what is long by nature.
        httpContext.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        var response = httpContext.Response;
        response.Headers.CacheControl = "no-store";
        // nginx, and proxies like it, would buffer the answer.
        response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await WriteAsync(httpContext, response.BodyWriter, _end);
        }
        catch (OperationCanceledException) when (response.HasStarted && _end.IsCancellationRequested)
        {
            httpContext.Abort();
        }
        catch (Exception) when (response.HasStarted)
        {
            httpContext.Abort();
            throw;
        }
    }

    /// <summary>Says in the head how many records are missing, if any are.</summary>
    protected static void SayBehind(HttpResponse response, long behind)
    {
        if (behind > 0) response.Headers[BehindHeader] = behind.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// Writes the body. What throws before the first flush is answered by a problem, so nothing may be written before that.
    /// </summary>
    protected abstract Task WriteAsync(HttpContext context, PipeWriter output, CancellationToken end);
}
