using Microsoft.AspNetCore.Http.HttpResults;
using Zotify.Logging.Provider.Queries.Audit;
using Zotify.Logging.Web.Security;

namespace Zotify.Logging.Web.Endpoints;

/// <summary>The audit log, read from the database. Reading it is an audit event itself.</summary>
internal static class AuditEndpoints
{
    private static readonly QueryParameter[] Parameters =
    [
        .. AuditParameters.Filters,
        new("from", "Events at or after this time: RFC 3339, or a duration back from now (15m)."),
        new("to", "Events before this time."),
        QueryParameter.OneOf("order", "desc (default, newest first) or asc.", ["desc", "asc"]),
        QueryParameter.Number("limit", "The most events of an answer; 50 by default.", 1, 1_000),
        new("cursor", "The next_cursor of the answer before; the other parameters stay the same."),
    ];

    /// <summary>Maps <c>GET /audit</c>.</summary>
    public static IEndpointConventionBuilder MapAuditLog(this IEndpointRouteBuilder logs) => logs.MapGet("/audit", SearchAsync)
        .RequireAuthorization(Scopes.Audit)
        .RequireRateLimiting(CostlyQueries.Policy)
        .WithParameters(Parameters)
        .WithSummary("Audit events that match, a page at a time.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Ok<AuditAnswer>> SearchAsync(HttpContext context, AuditLog log, AuditTrail audit, TimeProvider time)
    {
        var page = await log.SearchAsync(Query(new QueryReader(context.Request, Parameters, time.GetUtcNow())), context.RequestAborted);
        audit.Read(Caller.Of(context), AuditParameters.Asked(context.Request), page.Items.Count);
        if (page.NextCursor is { } cursor) NextLink.Add(context, "cursor", cursor);
        return TypedResults.Ok(new AuditAnswer(page.Items, page.NextCursor, Staleness.Complete(page.Behind), Staleness.Behind(page.Behind)));
    }

    private static AuditQuery Query(QueryReader reader) => AuditParameters.Read(reader) with
    {
        From = reader.Time("from"),
        To = reader.Time("to"),
        Descending = reader.OneOf("order", "desc", "asc") != "asc",
        Limit = reader.Number("limit", 1, 1_000) ?? 50,
        Cursor = reader.Text("cursor"),
    };
}
