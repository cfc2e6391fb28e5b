using Microsoft.Net.Http.Headers;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.AspNetCore.Security;
using Zotify.Logging.AspNetCore.Streams;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Jobs;

/// <summary>The logs of jobs, read from the database.</summary>
internal static class JobEndpoints
{
    private const string Json = "json";
    private const string AsText = "text";

    private static readonly QueryParameter[] Parameters =
    [
        new("after", "The next_after of the answer before: only entries after it."),
        new("before", "The next_before of an answer: only entries before it; with tail, the last of them."),
        QueryParameter.Number("tail", "Only the last entries that match, as many as this.", 0),
        QueryParameter.OneOf("level", "The lowest level.", QueryReader.LevelNames),
        JobParameters.Terms,
        new("from", "Entries at or after this time: RFC 3339, or a duration back from now (15m)."),
        new("to", "Entries before this time."),
        QueryParameter.Number("limit", "The most entries of an answer; 1000 by default, all as text.", 1, 10_000),
        JobParameters.Id,
        JobParameters.ExcludedLevels,
        QueryParameter.OneOf("format", "json, a page (default), or text, all lines that match; wins over Accept.", [Json, AsText]),
    ];

    /// <summary>Maps <c>GET /jobs/{job_id}</c>.</summary>
    public static IEndpointConventionBuilder MapJobLogs(this IEndpointRouteBuilder logs) => logs.MapGet("/jobs/{job_id}", ReadAsync)
        .RequireAuthorization(Scopes.Jobs)
        .RequireRateLimiting(CostlyQueries.Policy)
        .WithParameters(Parameters)
        .WithSummary("A job and its log, in order: a page at a time, or as text/plain all of it, an entry a line.")
        .Produces<JobLogAnswer>()
        .WithOtherContent([PlainText.MediaType])
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status501NotImplemented)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> ReadAsync(
        HttpContext context, [Microsoft.AspNetCore.Mvc.FromRoute(Name = "job_id")] string _, JobLogs logs, JobLogTail tail,
        RequestClock clock, IHostApplicationLifetime host)
    {
        var reader = new QueryReader(context.Request, Parameters, clock.Now);
        var jobId = JobParameters.IdOf(reader, RawTarget.LastSegment(context.Request));
        var query = Query(jobId, reader);
        if ((reader.OneOf("format", Json, AsText) ?? Preferred(context.Request)) == AsText)
            return await TextAsync(context, query, reader.Number("limit", 1, 10_000), tail, host);
        if (await logs.ReadAsync(query, context.RequestAborted) is not { } page) return JobParameters.Unknown(jobId);
        PageLinks.Add(context, "after", page.More ? page.NextAfter : null);
        return TypedResults.Ok(new JobLogAnswer(
            page.Job, page.Items, page.NextAfter, page.NextBefore, page.More, BehindAnswer.Complete(page.Behind, page.StoppedAt),
            BehindAnswer.Behind(page.Behind), page.StoppedAt));
    }

    /// <summary>What the client likes best of the two; a page where it does not say.</summary>
    private static string Preferred(HttpRequest request) => request.GetTypedHeaders().Accept
        .OrderByDescending(type => type, MediaTypeHeaderValueComparer.QualityComparer)
        .Where(type => type.Quality is not 0)
        .Select(type => type.MatchesMediaType("application/json") ? Json : type.MatchesMediaType(PlainText.MediaType) ? AsText : null)
        .FirstOrDefault(format => format is not null) ?? Json;

    /// <summary>The raw log, read and sent a block at a time, however long it is.</summary>
    private static async Task<IResult> TextAsync(
        HttpContext context, JobLogQuery query, int? limit, JobLogTail tail, IHostApplicationLifetime host)
    {
        var lines = new JobStreamQuery(query.JobId)
        {
            Follow = false, Tail = query.Tail, Since = query.From, Until = query.To, MinimumLevel = query.MinimumLevel,
            ExcludedLevels = query.ExcludedLevels, Text = query.Text, After = query.After, Before = query.Before,
        };
        var end = StreamRequest.End(context, host);
        if (await tail.OpenAsync(lines, context.RequestAborted) is not { } opened) return JobParameters.Unknown(query.JobId);
        var left = limit ?? long.MaxValue;
        return new StreamResult<JobLogEntry>(
            opened.Blocks.TakeWhile(_ => left > 0),
            StreamFormat.Text,
            (item, format, output) =>
            {
                if (item is not JobLogRecord || left-- > 0) JobStreamEndpoint.Write(item, format, output);
            },
            end);
    }

    private static JobLogQuery Query(string jobId, QueryReader reader) => new(jobId)
    {
        After = reader.Text("after"),
        Before = reader.Text("before"),
        Tail = reader.Number("tail", 0, int.MaxValue),
        MinimumLevel = reader.Level("level") ?? LogLevel.Trace,
        ExcludedLevels = reader.Levels("level.not"),
        Text = reader.Text("q"),
        From = reader.Time("from"),
        To = reader.Time("to"),
        Limit = reader.Number("limit", 1, 10_000) ?? 1_000,
    };
}
