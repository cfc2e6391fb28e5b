using Microsoft.AspNetCore.Http.HttpResults;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.AspNetCore.Security;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Jobs;

/// <summary>A job's progress and trouble over time.</summary>
internal static class JobProgressEndpoint
{
    private const int DefaultPoints = 100;

    private static readonly QueryParameter[] Parameters =
    [
        QueryParameter.Number("limit", "The most points: 100 by default.", 1, JobProgressReader.MaxPoints),
        JobParameters.Id,
    ];

    /// <summary>Maps <c>GET /jobs/{job_id}/progress</c>.</summary>
    public static IEndpointConventionBuilder MapJobProgress(this IEndpointRouteBuilder logs) => logs
        .MapGet("/jobs/{job_id}/progress", ReadAsync)
        .RequireAuthorization(Scopes.Jobs)
        .RequireRateLimiting(CostlyQueries.Policy)
        .WithParameters(Parameters)
        .WithSummary("A job's progress over time, with the number of its entries, warnings and errors, sampled over all of it.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status501NotImplemented)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Ok<JobProgressAnswer>, ProblemHttpResult>> ReadAsync(
        HttpContext context, [Microsoft.AspNetCore.Mvc.FromRoute(Name = "job_id")] string _, JobProgressReader jobs, RequestClock clock)
    {
        var reader = new QueryReader(context.Request, Parameters, clock.Now);
        var jobId = JobParameters.IdOf(reader, RawTarget.SegmentBeforeLast(context.Request));
        var points = reader.Number("limit", 1, JobProgressReader.MaxPoints) ?? DefaultPoints;
        if (await jobs.ReadAsync(jobId, points, context.RequestAborted) is not { } progress) return JobParameters.Unknown(jobId);
        return TypedResults.Ok(new JobProgressAnswer(
            progress.Job, progress.Points, progress.IsWhole ? BehindAnswer.Complete(progress.Behind) : false,
            BehindAnswer.Behind(progress.Behind)));
    }
}
