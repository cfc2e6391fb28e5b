using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Zotify.Logging.Web.Endpoints;

/// <summary>Whether the program lives, and whether it can do its work; open to all, so they say no more than that.</summary>
internal static class HealthEndpoints
{
    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c>. A degraded program is ready: journals wait for their database.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") }).AllowAnonymous();
    }
}
