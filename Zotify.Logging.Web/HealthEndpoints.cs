using System.Net.Mime;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Zotify.Logging.Web;

/// <summary>Whether the program is alive, and whether it can do its work. Open to everybody, so the answers contain no more than
/// that.</summary>
internal static class HealthEndpoints
{
    /// <summary>
    /// Maps <c>/health/live</c> and <c>/health/ready</c>, by GET and HEAD. A degraded program is ready: journals wait for their database.
    /// </summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", Live).AllowAnonymous()
            .WithSummary("Whether the program lives.")
            .Produces<string>(StatusCodes.Status200OK, MediaTypeNames.Text.Plain);
        app.MapGet("/health/ready", ReadyAsync).AllowAnonymous()
            .WithSummary("Whether it can do its work: Healthy, Degraded, or, with 503, Unhealthy.")
            .Produces<string>(StatusCodes.Status200OK, MediaTypeNames.Text.Plain)
            .Produces<string>(StatusCodes.Status503ServiceUnavailable, MediaTypeNames.Text.Plain);
        // Load balancers ask without wanting the body, which the server leaves out by itself.
        app.MapMethods("/health/live", [HttpMethods.Head], Live).AllowAnonymous().ExcludeFromDescription();
        app.MapMethods("/health/ready", [HttpMethods.Head], ReadyAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static ContentHttpResult Live() => TypedResults.Text(nameof(HealthStatus.Healthy));

    private static async Task<ContentHttpResult> ReadyAsync(HealthCheckService checks, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(check => check.Tags.Contains("ready"), cancellationToken);
        return TypedResults.Text(
            report.Status.ToString(),
            statusCode: report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }
}
