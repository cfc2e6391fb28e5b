using Microsoft.AspNetCore.Http.HttpResults;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.AspNetCore.Security;
using Zotify.Logging.AspNetCore.Streams;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Jobs;

/// <summary>Waits for a job to end.</summary>
internal static class JobWaitEndpoint
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);
    private static readonly QueryParameter[] Parameters =
    [
        new("timeout", "How long to wait at most: a duration, 30s by default, up to 5m; 0s answers at once."),
        JobParameters.Id,
    ];

    /// <summary>Maps <c>GET /jobs/{job_id}/wait</c>.</summary>
    // Not limited as a costly query: all waiting requests share one query, and would use up their user's limit for minutes.
    public static IEndpointConventionBuilder MapJobWait(this IEndpointRouteBuilder logs) => logs.MapGet("/jobs/{job_id}/wait", WaitAsync)
        .RequireAuthorization(Scopes.Jobs)
        .WithParameters(Parameters)
        .WithSummary("Answers as soon as a job is no longer running and its entries can be read, or when the time is up. "
            + "A job that is not there yet is waited for as well: it may have been accepted a moment ago.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status501NotImplemented)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .DisableRequestTimeout();

    private static async Task<Results<Ok<JobWaitAnswer>, ProblemHttpResult>> WaitAsync(
        HttpContext context, [Microsoft.AspNetCore.Mvc.FromRoute(Name = "job_id")] string _, JobEnds ends, RequestClock clock,
        IHostApplicationLifetime host)
    {
        var reader = new QueryReader(context.Request, Parameters, clock.Now);
        var jobId = JobParameters.IdOf(reader, RawTarget.SegmentBeforeLast(context.Request));
        var timeout = reader.Duration("timeout", JobEnds.MaxTimeout) ?? DefaultTimeout;
        return await ends.WaitAsync(jobId, timeout, StreamRequest.End(context, host)) is { } result
            ? TypedResults.Ok(
                new JobWaitAnswer(result.Job, result.Ended, BehindAnswer.Complete(result.Behind), BehindAnswer.Behind(result.Behind)))
            : JobParameters.Unknown(jobId);
    }
}
