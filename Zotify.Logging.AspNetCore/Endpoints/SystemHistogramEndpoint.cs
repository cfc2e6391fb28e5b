using Microsoft.AspNetCore.Http.HttpResults;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.AspNetCore.Security;
using Zotify.Logging.AspNetCore.Sources;

namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>Counts of the system log.</summary>
internal static class SystemHistogramEndpoint
{
    private static readonly QueryParameter[] Parameters =
    [
        new("from", "Lines at or after this time: RFC 3339, or a duration back from now (15m)."),
        new("to", "Lines before this time."),
        .. SystemLogParameters.Filters,
        IntervalParameter.Description,
    ];

    /// <summary>Maps <c>GET /system/histogram</c>.</summary>
    public static IEndpointConventionBuilder MapSystemHistogram(this IEndpointRouteBuilder logs) => logs
        .MapGet("/system/histogram", CountAsync)
        .RequireAuthorization(Scopes.System)
        .RequireRateLimiting(CostlyQueries.Policy)
        .WithParameters(Parameters)
        .WithSummary("The lines of the system log that match, over time and by level: buckets without gaps. Where there are very many, the "
            + "newest are counted.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Ok<SystemHistogramAnswer>> CountAsync(HttpContext context, SystemLogs log, RequestClock clock)
    {
        var reader = new QueryReader(context.Request, Parameters, clock.Now);
        var query = SystemLogParameters.Read(reader) with { Since = reader.Time("from"), Until = reader.Time("to") };
        var histogram = await log.CountAsync(query, IntervalParameter.Read(reader), context.RequestAborted);
        var counts = histogram.Counts;
        return TypedResults.Ok(new SystemHistogramAnswer(
            IntervalParameter.TextOf(counts.Interval),
            counts.Items,
            histogram.Away.Count > 0 ? false : BehindAnswer.Complete(counts.Behind, counts.StoppedAt),
            counts.StoppedAt,
            BehindAnswer.Behind(counts.Behind),
            histogram.Away.Count > 0 ? histogram.Away : null));
    }
}
