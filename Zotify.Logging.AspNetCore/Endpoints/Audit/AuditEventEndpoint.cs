using Microsoft.AspNetCore.Http.HttpResults;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.AspNetCore.Security;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Audit;

/// <summary>One audit event.</summary>
internal static class AuditEventEndpoint
{
    /// <summary>Maps <c>GET /audit/{id}</c>.</summary>
    public static IEndpointConventionBuilder MapAuditEvent(this IEndpointRouteBuilder logs) => logs.MapGet("/audit/{id}", FindAsync)
        .RequireAuthorization(Scopes.Audit)
        .RequireRateLimiting(CostlyQueries.Policy)
        .WithSummary("One audit event by its id.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status501NotImplemented)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Ok<AuditEvent>, ProblemHttpResult>> FindAsync(
        HttpContext context, string id, AuditLog log, AuditTrail audit, RequestClock clock)
    {
        // It has no parameters, and refuses any as the other endpoints refuse unknown ones.
        _ = new QueryReader(context.Request, [], clock.Now);
        var item = Guid.TryParseExact(id, "D", out var known) ? await log.FindAsync(known, context.RequestAborted) : null;
        audit.Read(Caller.Of(context), new Dictionary<string, IReadOnlyList<string>> { ["id"] = [id] }, item is null ? 0 : 1);
        return item is null
            ? TypedResults.Problem($"id: there is no event '{id}'.", statusCode: StatusCodes.Status404NotFound)
            : TypedResults.Ok(item);
    }
}
