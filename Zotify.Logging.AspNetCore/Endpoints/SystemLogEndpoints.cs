using System.Buffers;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.AspNetCore.Security;
using Zotify.Logging.AspNetCore.Sources;
using Zotify.Logging.AspNetCore.Streams;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>The system log, read from its files and followed live.</summary>
internal static class SystemLogEndpoints
{
    private static readonly QueryParameter[] Parameters =
    [
        QueryParameter.Flag("follow", "Whether to wait for new lines: true (default) or false."),
        QueryParameter.Number(
            "tail",
            "Begin with the last lines that match, as many as this; 100 by default, all where from, to, after or before is given.",
            0),
        .. StreamTimes.Of("Lines"),
        .. SystemLogParameters.Filters,
        new("after", "A cursor: goes on strictly after it. The header Last-Event-ID does the same, and wins."),
        new("before", "A cursor: the lines before it, without following; with tail, the last of them."),
        new("through", "A cursor: the lines up to it and its own, without following; with tail, the last of them."),
        QueryParameter.Number("limit", "At most so many lines; the answer ends after them.", 1),
    ];

    /// <summary>Maps <c>GET /system/stream</c>.</summary>
    public static IEndpointConventionBuilder MapSystemLog(this IEndpointRouteBuilder logs) => logs.MapGet("/system/stream", Stream)
        .RequireAuthorization(Scopes.System)
        .WithParameters(Parameters)
        .WithSummary("The system log, live, merged by time with those of Zotify:Sources: as text/plain (default), application/x-ndjson or "
            + "text/event-stream. Lines that are JSON in the file are text in text/plain; in the other formats they have job_id, span_id, "
            + "properties and scope, too.")
        .ProducesStream()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .DisableRequestTimeout();

    private static IResult Stream(HttpContext context, SystemLogs log, RequestClock clock, IHostApplicationLifetime host)
    {
        if (StreamFormat.For(context.Request) is not { } format) return StreamRequest.NotAcceptable();
        var reader = new QueryReader(context.Request, Parameters, clock.Now);
        var query = Query(context.Request, reader);
        var limit = reader.Number("limit", 1, int.MaxValue);
        var end = StreamRequest.End(context, host);
        // Asked for here, because it refuses a bad position before anything is answered.
        return new StreamResult<SystemLogEntry>(log.ReadBlocksAsync(query, limit, end), format, Write, end);
    }

    private static void Write(LogItem<SystemLogEntry> item, StreamFormat format, IBufferWriter<byte> output)
    {
        switch (item)
        {
            case SystemLogEntry entry:
                format.WriteEntry(entry.Cursor, MergedText.Of(entry), entry, output);
                break;
            case SourceChange change:
                var state = change.Reason is null ? "back" : "away";
                format.WriteSource(change.Cursor, new StreamSource(change.Name, state, change.Reason, change.Since), output);
                break;
        }
    }

    private static SystemLogQuery Query(HttpRequest request, QueryReader reader)
    {
        var query = SystemLogParameters.Read(reader) with
        {
            Follow = reader.Flag("follow") ?? true,
            Tail = reader.Number("tail", 0, int.MaxValue),
            Since = StreamTimes.From(reader),
            Until = StreamTimes.To(reader),
            After = reader.Text("after"),
            Before = reader.Text("before"),
            Through = reader.Text("through"),
        };
        return LastEventId.Of(request) is { } last ? query with { After = last, Tail = null } : query;
    }
}
