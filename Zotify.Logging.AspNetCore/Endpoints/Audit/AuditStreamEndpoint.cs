using System.Buffers;
using System.Runtime.CompilerServices;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.AspNetCore.Security;
using Zotify.Logging.AspNetCore.Streams;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Audit;

/// <summary>The audit log, followed live. A stream is an audit event itself, when it ends.</summary>
internal static class AuditStreamEndpoint
{
    private static readonly QueryParameter[] Parameters =
    [
        QueryParameter.Flag("follow", "Whether to wait for new events: true (default) or false."),
        QueryParameter.Number(
            "tail", "Begin with the last events that match, as many as this; 100 by default, all where from, to or after is given.", 0),
        .. StreamTimes.Of("Events"),
        .. AuditParameters.Filters,
        new("after", "A cursor: goes on strictly after it. The header Last-Event-ID does the same, and wins."),
    ];

    /// <summary>
    /// Maps <c>GET /audit/stream</c>. Many streams are cheap, because they share their reading. They do not count as costly
    /// queries, which count until their end.
    /// </summary>
    public static IEndpointConventionBuilder MapAuditStream(this IEndpointRouteBuilder logs) => logs.MapGet("/audit/stream", StreamAsync)
        .RequireAuthorization(Scopes.Audit)
        .WithParameters(Parameters)
        .WithSummary("The audit log, live: as text/plain (default), application/x-ndjson or text/event-stream.")
        .ProducesStream()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status501NotImplemented)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .DisableRequestTimeout();

    private static async Task<IResult> StreamAsync(
        HttpContext context, AuditLogTail log, AuditTrail audit, RequestClock clock, IHostApplicationLifetime host)
    {
        if (StreamFormat.For(context.Request) is not { } format) return StreamRequest.NotAcceptable();
        var query = Query(context.Request, new QueryReader(context.Request, Parameters, clock.Now));
        var end = StreamRequest.End(context, host);
        var blocks = await log.OpenAsync(query, context.RequestAborted);
        return new StreamResult<AuditEvent>(CountedAsync(blocks, context, audit, clock, end), format, Write, end);
    }

    /// <summary>Tells at the end, whatever ended it, how many events were given out.</summary>
    private static async IAsyncEnumerable<LogBlock<AuditEvent>> CountedAsync(
        IAsyncEnumerable<LogBlock<AuditEvent>> blocks, HttpContext context, AuditTrail audit, RequestClock clock,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (caller, asked) = (Caller.Of(context), AuditParameters.Given(context.Request));
        var (count, since) = (0L, clock.Now);
        audit.Following(caller, asked);
        try
        {
            await foreach (var block in blocks.WithCancellation(cancellationToken))
            {
                count += block.Items.Count(item => item is AuditLogRecord);
                yield return block;
            }
        }
        finally
        {
            audit.Streamed(caller, asked, count, since);
        }
    }

    private static void Write(LogItem<AuditEvent> item, StreamFormat format, IBufferWriter<byte> output)
    {
        if (item is AuditLogRecord record) format.WriteRow(record.Cursor, record.Event, () => record.Text, output);
    }

    private static AuditStreamQuery Query(HttpRequest request, QueryReader reader)
    {
        var filters = AuditParameters.ReadFilters(reader) with { From = StreamTimes.From(reader), To = StreamTimes.To(reader) };
        var query = new AuditStreamQuery(filters)
        {
            Follow = reader.Flag("follow") ?? true,
            Tail = reader.Number("tail", 0, int.MaxValue),
            After = reader.Text("after"),
        };
        return LastEventId.Of(request) is { } last ? query with { After = last, Tail = null } : query;
    }
}
