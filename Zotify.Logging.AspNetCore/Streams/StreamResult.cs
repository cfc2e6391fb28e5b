using System.IO.Pipelines;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Streams;

/// <summary>
/// Answers with a stream of items. Each is sent as soon as it is there, or many at once when they come faster than they can be sent. A
/// client that does not read stops the reading of the log.
/// </summary>
/// <param name="blocks">The items.</param>
/// <param name="format">How they are written.</param>
/// <param name="write">Writes one of them.</param>
/// <param name="end">Ends the stream, without a fault.</param>
internal sealed class StreamResult<TEntry>(
    IAsyncEnumerable<LogBlock<TEntry>> blocks, StreamFormat format, WriteItem<TEntry> write, CancellationToken end) : IResult
{
    private const int FlushAt = 64 * 1024;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = format.ContentType;
        response.Headers.CacheControl = "no-store";
        // nginx, and proxies like it, would buffer the answer.
        response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            format.WriteStart(response.BodyWriter);
            await WriteAsync(response.BodyWriter);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The client left, or the host stops.
        }
    }

    private async Task WriteAsync(PipeWriter output)
    {
        await using var reader = blocks.GetAsyncEnumerator(end);
        // Nothing is sent before the stream has its position: once the answer begins, the client expects every line from then on.
        for (var hasPlace = false; ; hasPlace = true)
        {
            var next = reader.MoveNextAsync().AsTask();
            if (hasPlace && (!next.IsCompleted || output.UnflushedBytes >= FlushAt)) await FlushAsync(output, next);
            if (!await next) break;
            format.Write(reader.Current, write, output);
        }

        await output.FlushAsync(end);
    }

    private async ValueTask FlushAsync(PipeWriter output, Task next)
    {
        try
        {
            await output.FlushAsync(end);
        }
        catch
        {
            // An enumerator must not be disposed while a call is pending.
            await next.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }
}
