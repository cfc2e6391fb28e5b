using Microsoft.AspNetCore.Http.HttpResults;
using Zotify.Logging.Alerts;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.AspNetCore.Security;
using Zotify.Logging.Monitoring;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Handlers;

/// <summary>The state of this process's handlers: what they wrote, and what they dropped.</summary>
internal static class HandlerEndpoints
{
    /// <summary>Maps <c>GET /handlers</c>.</summary>
    public static IEndpointConventionBuilder MapHandlers(this IEndpointRouteBuilder logs) => logs.MapGet("/handlers", ListAsync)
        .RequireAuthorization(Scopes.AnyPolicy)
        .WithMetadata(new LogEndpoint())
        .WithSummary("The handlers: state, queue, records written and dropped by reason, how far the database is behind, last error; "
            + "the last proof of the audit log, and the delivery of alerts.")
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Ok<HandlersAnswer>> ListAsync(
        HttpContext context, LoggingService service, SourceMonitor source, AuditProver prover, AlertTargetFactory alerts,
        RequestClock clock)
    {
        // The endpoint has no parameters: any parameter is refused by name.
        _ = new QueryReader(context.Request, [], clock.Now);
        var status = await source.ReadAsync(context.RequestAborted);
        SourceAnswer[] sources = status is null ? [] : [SourceAnswer.Of(status)];
        return TypedResults.Ok(new HandlersAnswer(
            [.. service.Handlers.Select(HandlerAnswer.Of)], service.PendingKeys, sources, ProofAnswer.Of(prover.Last),
            prover.Journal, AlertsAnswer.Of(alerts.Engine)));
    }
}
