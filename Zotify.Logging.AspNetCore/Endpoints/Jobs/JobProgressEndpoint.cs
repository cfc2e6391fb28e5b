using Microsoft.AspNetCore.Http.HttpResults;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.AspNetCore.Security;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Jobs;

/// <summary>A job's progress over time.</summary>
internal static class JobProgressEndpoint
{
    private static readonly QueryParameter[] Parameters = [JobParameters.Id];

    /// <summary>Maps <c>GET /jobs/{job_id}/progress</c>.</summary>
    public static IEndpointConventionBuilder MapJobProgress(this IEndpointRouteBuilder logs) => logs
        .MapGet("/jobs/{job_id}/progress", ReadAsync)
        .RequireAuthorization(Scopes.Jobs)
        .RequireRateLimiting(CostlyQueries.Policy)
        .WithParameters(Parameters)
        .WithSummary("The job's progress, warnings and errors over time, from its first entry to its last. Of a long log, parts all over it "
            + "are read, and `sampled` is true.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status501NotImplemented)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Ok<JobProgressAnswer>, ProblemHttpResult>> ReadAsync(
        HttpContext context, [Microsoft.AspNetCore.Mvc.FromRoute(Name = "job_id")] string _, JobLogs logs, RequestClock clock)
    {
        var reader = new QueryReader(context.Request, Parameters, clock.Now);
        var jobId = JobParameters.IdOf(reader, RawTarget.SegmentBeforeLast(context.Request));
        return await logs.ReadProgressAsync(jobId, context.RequestAborted) is { } found
            ? TypedResults.Ok(new JobProgressAnswer(
                found.Job, found.Items, found.Sampled, BehindAnswer.Complete(found.Behind), BehindAnswer.Behind(found.Behind)))
            : JobParameters.Unknown(jobId);
    }
}
