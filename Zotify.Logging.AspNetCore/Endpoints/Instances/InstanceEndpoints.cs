using Microsoft.AspNetCore.Http.HttpResults;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.AspNetCore.Security;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Instances;

/// <summary>Which processes write logs, and when each was last seen.</summary>
internal static class InstanceEndpoints
{
    /// <summary>Maps <c>GET /instances</c>.</summary>
    public static IEndpointConventionBuilder MapInstances(this IEndpointRouteBuilder logs) => logs.MapGet("/instances", ListAsync)
        .RequireAuthorization(Scopes.AnyPolicy)
        .WithMetadata(new LogEndpoint())
        .WithSummary("The processes that write logs to the database: when each started, was last seen and stopped, and its version.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Ok<InstancesAnswer>> ListAsync(HttpContext context, InstanceStates instances, RequestClock clock)
    {
        // The endpoint has no parameters: any parameter is refused by name.
        _ = new QueryReader(context.Request, [], clock.Now);
        var found = await instances.ListAsync(context.RequestAborted);
        return TypedResults.Ok(new InstancesAnswer([.. found.Select(InstanceAnswer.Of)]));
    }
}
