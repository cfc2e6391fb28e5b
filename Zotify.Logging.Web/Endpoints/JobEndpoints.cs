using Microsoft.AspNetCore.Http.HttpResults;
using Zotify.Logging.Provider.Queries.Jobs;
using Zotify.Logging.Web.Security;

namespace Zotify.Logging.Web.Endpoints;

/// <summary>The logs of jobs, read from the database.</summary>
internal static class JobEndpoints
{
    /// <summary>The path of a job's log, to be followed by its escaped id.</summary>
    public const string Path = "/api/logs/jobs/";

    private static readonly QueryParameter[] Parameters =
    [
        new("after", "The next_after of the answer before: only entries after it."),
        QueryParameter.Number("tail", "Only the last entries that match, as many as this.", 0),
        QueryParameter.OneOf("level", "The lowest level.", QueryReader.LevelNames),
        new("q", "Every space-separated word occurs in the message, without case."),
        new("from", "Entries at or after this time: RFC 3339, or a duration back from now (15m)."),
        new("to", "Entries before this time."),
        QueryParameter.Number("limit", "The most entries of an answer; 1000 by default.", 1, 10_000),
    ];

    /// <summary>Maps <c>GET /jobs/{job_id}</c>.</summary>
    public static IEndpointConventionBuilder MapJobLogs(this IEndpointRouteBuilder logs) => logs.MapGet("/jobs/{job_id}", ReadAsync)
        .RequireAuthorization(Scopes.Jobs)
        .RequireRateLimiting(CostlyQueries.Policy)
        .WithParameters(Parameters)
        .WithSummary("A job and its log, in order, a page at a time.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Ok<JobLogAnswer>, ProblemHttpResult>> ReadAsync(
        HttpContext context, [Microsoft.AspNetCore.Mvc.FromRoute(Name = "job_id")] string _, JobLogs logs, TimeProvider time)
    {
        var jobId = RawTarget.LastSegment(context.Request);
        var query = Query(jobId, new QueryReader(context.Request, Parameters, time.GetUtcNow()));
        if (await logs.ReadAsync(query, context.RequestAborted) is not { } page)
            return TypedResults.Problem($"job_id: there is no job '{jobId}'.", statusCode: StatusCodes.Status404NotFound);
        PageLinks.Add(context, "after", page.More ? page.NextAfter : null);
        return TypedResults.Ok(new JobLogAnswer(
            page.Job, page.Items, page.NextAfter, page.More, Staleness.Complete(page.Behind), Staleness.Behind(page.Behind)));
    }

    private static JobLogQuery Query(string jobId, QueryReader reader) => new(jobId)
    {
        After = reader.Text("after"),
        Tail = reader.Number("tail", 0, int.MaxValue),
        MinimumLevel = reader.Level("level") ?? LogLevel.Trace,
        Text = reader.Text("q"),
        From = reader.Time("from"),
        To = reader.Time("to"),
        Limit = reader.Number("limit", 1, 10_000) ?? 1_000,
    };
}
