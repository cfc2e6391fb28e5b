using System.Buffers;
using Microsoft.AspNetCore.Mvc;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.AspNetCore.Security;
using Zotify.Logging.AspNetCore.Streams;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Jobs;

/// <summary>The log of a job, followed live until the job ends.</summary>
internal static class JobStreamEndpoint
{
    private static readonly QueryParameter[] Parameters =
    [
        QueryParameter.Flag("follow", "Whether to wait for new entries, until the job ends: true (default) or false."),
        QueryParameter.Number("tail", "Begin with the last entries that match, as many as this; all by default.", 0),
        .. StreamTimes.Of("Entries"),
        QueryParameter.OneOf("level", "The lowest level.", QueryReader.LevelNames),
        JobParameters.Terms,
        JobParameters.ExcludedLevels,
        JobParameters.Id,
        new("after", "A cursor: goes on strictly after it. The header Last-Event-ID does the same, and wins."),
        new("before", "A cursor: the entries before it, without following; with tail, the last of them."),
    ];

    /// <summary>
    /// Maps <c>GET /jobs/{job_id}/stream</c>. Many streams are cheap, because they share their reading. They do not count as costly
    /// queries, which count until their end.
    /// </summary>
    public static IEndpointConventionBuilder MapJobStream(this IEndpointRouteBuilder logs) => logs
        .MapGet("/jobs/{job_id}/stream", StreamAsync)
        .RequireAuthorization(Scopes.Jobs)
        .WithParameters(Parameters)
        .WithSummary("The log of a job, live until the job ends: as text/plain (default), application/x-ndjson or text/event-stream. "
            + "At the end of the job comes an event `end` with its summary.")
        .ProducesStream()
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status501NotImplemented)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .DisableRequestTimeout();

    /// <summary>Writes an item.</summary>
    public static void Write(LogItem<JobLogEntry> item, StreamFormat format, IBufferWriter<byte> output)
    {
        if (item is JobLogRecord record) format.WriteRow(record.Cursor, record.Entry, () => record.Text, output);
        else if (item is JobLogEnd end) format.WriteEnd(end.Cursor, end.Job, output);
    }

    private static async Task<IResult> StreamAsync(
        HttpContext context, [FromRoute(Name = "job_id")] string _, JobLogTail log, RequestClock clock, IHostApplicationLifetime host)
    {
        if (StreamFormat.For(context.Request) is not { } format) return StreamRequest.NotAcceptable();
        var reader = new QueryReader(context.Request, Parameters, clock.Now);
        var jobId = JobParameters.IdOf(reader, RawTarget.SegmentBeforeLast(context.Request));
        var query = Query(jobId, context.Request, reader);
        var end = StreamRequest.End(context, host);
        if (await log.OpenAsync(query, context.RequestAborted) is not { } opened) return JobParameters.Unknown(jobId);
        // A browser reconnects after every end of a stream, except after 204.
        if (opened.IsPastEnd && query is { Follow: true, Before: null }) return TypedResults.NoContent();
        return new StreamResult<JobLogEntry>(opened.Blocks, format, Write, end);
    }

    private static JobStreamQuery Query(string jobId, HttpRequest request, QueryReader reader)
    {
        var query = new JobStreamQuery(jobId)
        {
            Follow = reader.Flag("follow") ?? true,
            Tail = reader.Number("tail", 0, int.MaxValue),
            Since = StreamTimes.From(reader),
            Until = StreamTimes.To(reader),
            MinimumLevel = reader.Level("level") ?? LogLevel.Trace,
            ExcludedLevels = reader.Levels("level.not"),
            Text = reader.Text("q"),
            After = reader.Text("after"),
            Before = reader.Text("before"),
        };
        return LastEventId.Of(request) is { } last ? query with { After = last, Tail = null } : query;
    }
}
