using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.AspNetCore.Security;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Audit;

/// <summary>
/// The audit log's event types and histogram. They come from counts by whole hours, so that they are fast however many events there are.
/// </summary>
internal static class AuditFacetEndpoints
{
    private const int HoursOfDay = 24;
    private const long MaxHours = 10_000L * 366 * HoursOfDay;

    private static readonly QueryParameter[] OfHistogram =
    [
        .. AuditParameters.OfCounts,
        new("interval", "The length of a bucket, in hours or days (1h, 6h, 1d); by default as long as makes about 100 buckets at most."),
    ];

    /// <summary>Maps <c>GET /audit/event-types</c> and <c>GET /audit/histogram</c>.</summary>
    public static void MapAuditFacets(this IEndpointRouteBuilder logs)
    {
        Describe(logs.MapGet("/audit/event-types", TypesAsync), AuditParameters.OfCounts)
            .WithSummary("The types of audit events with their counts, most first. Counts are of whole hours.");
        Describe(logs.MapGet("/audit/histogram", HistogramAsync), OfHistogram)
            .WithSummary("The audit events over time: buckets without gaps, of whole hours in UTC.");
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint, QueryParameter[] parameters) => endpoint
        .RequireAuthorization(Scopes.Audit)
        .RequireRateLimiting(CostlyQueries.Policy)
        .WithParameters(parameters)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status501NotImplemented)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Ok<AuditTypesAnswer>> TypesAsync(
        HttpContext context, AuditFacets facets, AuditTrail audit, RequestClock clock)
    {
        var query = AuditParameters.ReadOfCounts(new QueryReader(context.Request, AuditParameters.OfCounts, clock.Now));
        var types = await facets.TypesAsync(query, context.RequestAborted);
        audit.Counted(Caller.Of(context), AuditParameters.Given(context.Request), types.Items.Sum(type => type.Count));
        return TypedResults.Ok(new AuditTypesAnswer(types.Items, BehindAnswer.Complete(types.Behind), BehindAnswer.Behind(types.Behind)));
    }

    private static async Task<Ok<AuditHistogramAnswer>> HistogramAsync(
        HttpContext context, AuditFacets facets, AuditTrail audit, RequestClock clock)
    {
        var reader = new QueryReader(context.Request, OfHistogram, clock.Now);
        var (query, interval) = (AuditParameters.ReadOfCounts(reader), Interval(reader));
        var histogram = await facets.HistogramAsync(query, interval, context.RequestAborted);
        audit.Counted(Caller.Of(context), AuditParameters.Given(context.Request), histogram.Items.Sum(bucket => bucket.Count));
        return TypedResults.Ok(new AuditHistogramAnswer(
            TextOf(histogram.Interval), histogram.Items, BehindAnswer.Complete(histogram.Behind), BehindAnswer.Behind(histogram.Behind)));
    }

    private static TimeSpan? Interval(QueryReader reader)
    {
        if (reader.Text("interval") is not { } text) return null;
        var hours = text[^1] switch { 'h' => 1, 'd' => HoursOfDay, _ => 0 };
        return hours > 0 && long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count > 0
            && count <= MaxHours / hours
            ? TimeSpan.FromHours(count * hours)
            : throw new InvalidParameterException("interval", $"'{text}': hours or days are expected (1h, 6h, 1d).");
    }

    private static string TextOf(TimeSpan interval) => interval.Ticks % TimeSpan.TicksPerDay == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{interval.Ticks / TimeSpan.TicksPerDay}d")
        : string.Create(CultureInfo.InvariantCulture, $"{interval.Ticks / TimeSpan.TicksPerHour}h");
}
