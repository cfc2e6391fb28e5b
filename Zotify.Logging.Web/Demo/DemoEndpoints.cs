using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.AspNetCore.Endpoints;
using Zotify.Logging.AspNetCore.Security;

namespace Zotify.Logging.Web.Demo;

/// <summary>Starts the sample work, and changes it.</summary>
internal static class DemoEndpoints
{
    /// <summary>Maps <c>POST /sync</c> and <c>GET, PUT /settings</c>.</summary>
    public static void MapDemo(this RouteGroupBuilder demo)
    {
        demo.RequireAuthorization(Scopes.Jobs);
        demo.MapPost("/sync", Sync).WithSummary("Starts a sync of the sample library.")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        demo.MapGet("/settings", (DemoSettings settings) => TypedResults.Ok(new DemoSettingsBody(settings.PauseMs)))
            .WithSummary("The settings of the sample work.");
        demo.MapPut("/settings", Change).WithSummary("Changes the settings of the sample work.").Produces<DemoSettingsBody>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static Results<Accepted<SyncAnswer>, ProblemHttpResult> Sync(
        HttpContext context, SyncQueue queue, DemoTrail audit, TimeProvider time)
    {
        var jobId = $"sync-{Guid.CreateVersion7(time.GetUtcNow()).ToString("N", CultureInfo.InvariantCulture)}";
        audit.SyncRequested(Caller.Of(context), jobId);
        return queue.TryAdd(jobId)
            ? TypedResults.Accepted($"../logs/jobs/{jobId}", new SyncAnswer(jobId))
            : TypedResults.Problem(
                "Too many syncs wait already; try again when some are done.", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static IResult Change(HttpContext context, DemoSettingsBody body, DemoSettings settings, DemoTrail audit)
    {
        if (body.PauseMs is not (>= 0 and <= DemoSettings.MaxPauseMs) || body.PauseMs is not { } pause)
            return FaultsAsProblems.BadParameter(
                "pause_ms", $"'{body.PauseMs}': a number of milliseconds from 0 to {DemoSettings.MaxPauseMs} is expected.");
        var before = settings.ChangePauseMs(pause);
        audit.SettingChanged(Caller.Of(context), "pause_ms", before, pause);
        return TypedResults.Ok(body);
    }
}
