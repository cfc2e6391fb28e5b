using Microsoft.AspNetCore.Http.HttpResults;
using Zotify.Logging.Provider.Queries.Audit;
using Zotify.Logging.Web.Security;

namespace Zotify.Logging.Web.Endpoints;

/// <summary>The audit log, read from the database. Reading it is an audit event itself.</summary>
internal static class AuditEndpoints
{
    private static readonly QueryParameter[] Parameters =
    [
        new("user_id", "Who did it; repeat for any of several."),
        new("event_type", "The event's type; a * at the end stands for anything (user.*). Repeat for any of several."),
        new("source_ip", "From which address; repeat for any of several."),
        new("trace_id", "The trace; repeat for any of several."),
        new("instance", "The instance that wrote it; repeat for any of several."),
        new("details.*", "A value in the details by its path (details.order.id); repeat for any of several."),
        new("from", "Events at or after this time: RFC 3339, or a duration back from now (15m)."),
        new("to", "Events before this time."),
        new("q", "Every space-separated word occurs in the message or the details, without case."),
        new("order", "desc (default, newest first) or asc."),
        new("limit", "The most events of an answer, 1 to 1000; 50 by default."),
        new("cursor", "The next_cursor of the answer before; the other parameters stay the same."),
    ];

    /// <summary>Maps <c>GET /audit</c>.</summary>
    public static IEndpointConventionBuilder MapAuditLog(this IEndpointRouteBuilder logs) => logs.MapGet("/audit", SearchAsync)
        .RequireAuthorization(Scopes.Audit)
        .WithParameters(Parameters)
        .WithSummary("Audit events that match, a page at a time.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Ok<AuditAnswer>> SearchAsync(HttpContext context, AuditLog log, AuditTrail audit, TimeProvider time)
    {
        var page = await log.SearchAsync(Query(new QueryReader(context.Request, Parameters, time.GetUtcNow())), context.RequestAborted);
        var filters = context.Request.Query.ToDictionary(parameter => parameter.Key, parameter => parameter.Value.ToString());
        audit.Read(Caller.Of(context), filters, page.Items.Count);
        if (page.NextCursor is { } cursor) NextLink.Add(context, "cursor", cursor);
        return TypedResults.Ok(new AuditAnswer(page.Items, page.NextCursor, Staleness.Complete(page.Behind), Staleness.Behind(page.Behind)));
    }

    private static AuditQuery Query(QueryReader reader) => new()
    {
        UserIds = reader.Texts("user_id"),
        EventTypes = reader.Texts("event_type"),
        SourceIps = reader.Texts("source_ip"),
        TraceIds = reader.Texts("trace_id"),
        Instances = reader.Texts("instance"),
        Details = reader.TextsBelow("details."),
        From = reader.Time("from"),
        To = reader.Time("to"),
        Text = reader.Text("q"),
        Descending = reader.OneOf("order", "desc", "asc") != "asc",
        Limit = reader.Number("limit", 1, 1_000) ?? 50,
        Cursor = reader.Text("cursor"),
    };
}
