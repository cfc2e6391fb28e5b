using Microsoft.AspNetCore.Http.HttpResults;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.AspNetCore.Security;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Audit;

/// <summary>Counts of the audit log: by the values of fields, and over time.</summary>
internal static class AuditFacetEndpoints
{
    private const int DefaultValues = 20;
    private const int MaxValues = 1_000;

    private static readonly string[] Fields = ["event_type", "user_id", "source_ip", "instance"];

    private static readonly QueryParameter[] OfFacets =
    [
        .. AuditParameters.Filters,
        .. AuditParameters.Times,
        QueryParameter.SeveralOf("field", "The field whose values are counted; all by default", Fields),
        QueryParameter.Number("limit", "The most values of a field: 20 by default.", 1, MaxValues),
    ];

    private static readonly QueryParameter[] OfHistogram =
    [
        .. AuditParameters.Filters,
        .. AuditParameters.Times,
        IntervalParameter.Description,
    ];

    /// <summary>
    /// Maps <c>GET /audit/facets</c>, <c>GET /audit/histogram</c> and, as it was before there were facets, <c>GET /audit/event-types</c>.
    /// </summary>
    public static void MapAuditFacets(this IEndpointRouteBuilder logs)
    {
        Describe(logs.MapGet("/audit/facets", ValuesAsync), OfFacets)
            .WithSummary("The users, types, addresses and instances of the audit events that match, with their counts, most first. Where "
                + "there are very many events, the newest are counted.");
        Describe(logs.MapGet("/audit/event-types", TypesAsync), AuditParameters.OfCounts)
            .WithSummary("The types of audit events with their counts, most first. Counts are of whole hours.");
        Describe(logs.MapGet("/audit/histogram", HistogramAsync), OfHistogram)
            .WithSummary("The audit events that match, over time: buckets without gaps. Where there are very many, the newest are counted; "
                + "or all, by whole hours, if nothing but types and times is asked for.");
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint, QueryParameter[] parameters) => endpoint
        .RequireAuthorization(Scopes.Audit)
        .RequireRateLimiting(CostlyQueries.Policy)
        .WithParameters(parameters)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status501NotImplemented)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Ok<AuditFacetsAnswer>> ValuesAsync(
        HttpContext context, AuditFacets facets, AuditTrail audit, RequestClock clock)
    {
        var reader = new QueryReader(context.Request, OfFacets, clock.Now);
        var fields = reader.SeveralOf("field", Fields).Distinct(StringComparer.Ordinal).ToArray();
        if (fields.Length == 0) fields = Fields;
        var limit = reader.Number("limit", 1, MaxValues) ?? DefaultValues;
        var found = await facets.ValuesAsync(
            AuditParameters.Read(reader), [.. fields.Select(FieldOf)], limit, context.RequestAborted);
        audit.Counted(Caller.Of(context), AuditParameters.Given(context.Request, except: "limit"), found.Count);
        var items = found.Items.Zip(fields, (facet, name) =>
            new AuditFacetAnswer(name, facet.Values, facet.Others, facet.IsComplete ? null : false));
        return TypedResults.Ok(new AuditFacetsAnswer(
            [.. items], found.Count, BehindAnswer.Complete(found.Behind, found.StoppedAt), BehindAnswer.Behind(found.Behind),
            found.StoppedAt));
    }

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
        var (query, interval) = (AuditParameters.Read(reader), IntervalParameter.Read(reader));
        var histogram = await facets.HistogramAsync(query, interval, context.RequestAborted);
        audit.Counted(Caller.Of(context), AuditParameters.Given(context.Request), histogram.Items.Sum(bucket => bucket.Count));
        return TypedResults.Ok(new AuditHistogramAnswer(
            IntervalParameter.TextOf(histogram.Interval), histogram.Items, BehindAnswer.Complete(histogram.Behind, histogram.StoppedAt),
            BehindAnswer.Behind(histogram.Behind), histogram.StoppedAt));
    }

    private static AuditFacetField FieldOf(string name) => name switch
    {
        "event_type" => AuditFacetField.EventType,
        "user_id" => AuditFacetField.UserId,
        "source_ip" => AuditFacetField.SourceIp,
        _ => AuditFacetField.Instance,
    };
}
