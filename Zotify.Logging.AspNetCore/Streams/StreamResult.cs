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
/// <param name="end">Ends the stream before its own end.</param>
internal sealed class StreamResult<TEntry>(
    IAsyncEnumerable<LogBlock<TEntry>> blocks, StreamFormat format, WriteItem<TEntry> write, CancellationToken end) : LongAnswer(end)
{
    /// <inheritdoc/>
    protected override async Task WriteAsync(HttpContext context, PipeWriter output, CancellationToken end)
    {
        await using var reader = blocks.GetAsyncEnumerator(end);
        // The head is sent with the first block: once the answer begins, the client expects every line from then on.
        var hasBlock = await reader.MoveNextAsync();
        context.Response.ContentType = format.ContentType;
        if (hasBlock) WriteHead(context.Response, reader.Current);
        format.WriteStart(output);
        for (var isFirst = true; hasBlock; isFirst = false)
        {
            format.Write(reader.Current, write, output);
            var next = reader.MoveNextAsync().AsTask();
            if (isFirst || !next.IsCompleted || output.UnflushedBytes >= FlushAt) await FlushAsync(output, next, end);
            hasBlock = await next;
        }

        await output.FlushAsync(end);
    }

    private static void WriteHead(HttpResponse response, LogBlock<TEntry> first)
    {
        SayBehind(response, first.Behind);
        if (first is { Items.Count: 0, End.Length: > 0 }) response.Headers[CursorHeader] = first.End;
    }

    private static async ValueTask FlushAsync(PipeWriter output, Task next, CancellationToken end)
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
