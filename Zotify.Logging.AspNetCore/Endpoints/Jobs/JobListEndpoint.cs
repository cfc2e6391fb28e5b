using Microsoft.AspNetCore.Http.HttpResults;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.AspNetCore.Security;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Jobs;

/// <summary>Which jobs there are, read from the database.</summary>
internal static class JobListEndpoint
{
    private const string Began = "began";
    private const string Ended = "ended";

    private static readonly QueryParameter[] Parameters =
    [
        .. JobListParameters.Required,
        new("from", "Jobs with an entry at or after this time: RFC 3339, or a duration back from now (15m)."),
        new("to", "Jobs with an entry before this time."),
        JobListParameters.Terms,
        QueryParameter.OneOf(
            "order", "began (default, those that began last first) or ended (those that ended last first).", [Began, Ended]),
        .. JobListParameters.Excluded,
        QueryParameter.Number("limit", "The most jobs of an answer; 50 by default.", 1, 1_000),
        new("cursor", "The next_cursor of the answer before; the other parameters stay the same."),
    ];

    /// <summary>Maps <c>GET /jobs</c>.</summary>
    public static IEndpointConventionBuilder MapJobList(this IEndpointRouteBuilder logs) => logs.MapGet("/jobs", ListAsync)
        .RequireAuthorization(Scopes.Jobs)
        .RequireRateLimiting(CostlyQueries.Policy)
        .WithParameters(Parameters)
        .WithSummary("Jobs that match, a page at a time, with how many of each status there are.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status501NotImplemented)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Ok<JobListAnswer>> ListAsync(HttpContext context, JobLogs logs, RequestClock clock)
    {
        var page = await logs.ListAsync(Query(new QueryReader(context.Request, Parameters, clock.Now)), context.RequestAborted);
        PageLinks.Add(context, "cursor", page.NextCursor);
        return TypedResults.Ok(new JobListAnswer(
            page.Items, page.NextCursor, JobTotals.Of(page), page.Overdue, page.IsIncomplete ? false : BehindAnswer.Complete(page.Behind),
            BehindAnswer.Behind(page.Behind)));
    }

    private static JobListQuery Query(QueryReader reader) => JobListParameters.Read(reader) with
    {
        From = reader.Time("from"),
        To = reader.Time("to"),
        Order = reader.OneOf("order", Began, Ended) == Ended ? JobListOrder.Ended : JobListOrder.Began,
        Limit = reader.Number("limit", 1, 1_000) ?? 50,
        Cursor = reader.Text("cursor"),
    };
}
