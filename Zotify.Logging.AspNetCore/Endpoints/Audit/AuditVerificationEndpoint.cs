using Microsoft.AspNetCore.Http.HttpResults;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.AspNetCore.Security;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Audit;

/// <summary>The verification of the audit log. It counts as reading all of the log.</summary>
internal static class AuditVerificationEndpoint
{
    /// <summary>Maps <c>GET /audit/verify</c>.</summary>
    public static IEndpointConventionBuilder MapAuditVerification(this IEndpointRouteBuilder logs) => logs
        .MapGet("/audit/verify", VerifyAsync)
        .RequireAuthorization(Scopes.Audit)
        .RequireRateLimiting(CostlyQueries.Policy)
        .WithSummary("Whether the audit log is as it was written: files and rows, each valid or with its first bad line and row. "
            + "Reads all of it, one request after the other.")
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Ok<AuditVerification>> VerifyAsync(
        HttpContext context, AuditVerifier verifier, AuditTrail audit, RequestClock clock)
    {
        // The endpoint has no parameters, and refuses any, as the other endpoints refuse unknown ones.
        _ = new QueryReader(context.Request, [], clock.Now);
        var result = await verifier.VerifyAsync(context.RequestAborted);
        audit.Verified(Caller.Of(context), result);
        return TypedResults.Ok(result);
    }
}
