using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.AspNetCore.Security;

namespace Zotify.Logging.AspNetCore.Endpoints.Levels;

/// <summary>The overrides of levels in this process: for one user, job, trace or category, for a while.</summary>
internal static class LevelEndpoints
{
    private const string Pattern = "/levels";

    private static readonly QueryParameter[] Parameters =
    [
        new("user_id", "The user that the override is for."),
        new("job_id", "The job that the override is for."),
        new("trace_id", "The trace that the override is for."),
        new("category", "The category that the override is for."),
    ];

    /// <summary>Maps <c>GET</c>, <c>PUT</c> and <c>DELETE /levels</c>.</summary>
    /// <remarks>
    /// No other site can make a browser send these requests: a page may send neither such a method nor a body of this type to another site
    /// without a CORS preflight. The web project checks the origin as well.
    /// </remarks>
    public static void MapLevels(this IEndpointRouteBuilder logs)
    {
        ForAdmins(logs.MapGet(Pattern, List))
            .WithSummary("The overrides of levels that are active in this process.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        ForAdmins(logs.MapPut(Pattern, SetAsync))
            .Accepts<LevelOverrideBody>("application/json")
            .WithSummary("Lowers the level of the system log and the jobs' logs for one user, job, trace or category, up to 24 hours. "
                + "Replaces the override of the same match.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict);
        ForAdmins(logs.MapDelete(Pattern, End))
            .WithParameters(Parameters)
            .WithSummary("Ends the override whose match has exactly these conditions.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static RouteHandlerBuilder ForAdmins(RouteHandlerBuilder endpoint) =>
        endpoint.RequireAuthorization(Scopes.Admin).AddEndpointFilter<AdminsOnly>();

    private static Ok<LevelOverridesAnswer> List(HttpContext context, LoggingService service, RequestClock clock)
    {
        // The endpoint has no parameters: any parameter is refused by name.
        _ = new QueryReader(context.Request, [], clock.Now);
        return TypedResults.Ok(new LevelOverridesAnswer([.. service.Overrides.Select(LevelOverrideAnswer.Of)]));
    }

    private static async Task<Results<Ok<LevelOverrideAnswer>, ProblemHttpResult>> SetAsync(
        HttpContext context, LoggingService service, AuditTrail audit, RequestClock clock)
    {
        _ = new QueryReader(context.Request, [], clock.Now);
        var (match, level, duration) = await LevelOverrideReader.ReadAsync(context.Request, clock.Now, context.RequestAborted);
        var before = service.Overrides;
        LevelOverride added;
        try
        {
            added = service.Override(match, level, duration);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidParameterException(FieldOf(exception.ParamName), FaultsAsProblems.MessageOf(exception));
        }
        catch (InvalidOperationException exception) when (exception is not ObjectDisposedException)
        {
            return TypedResults.Problem(exception.Message, statusCode: StatusCodes.Status409Conflict);
        }

        try
        {
            audit.LevelOverridden(Caller.Of(context), added);
        }
        catch
        {
            // A change that the audit log cannot record must not happen.
            added.Dispose();
            throw;
        }

        foreach (var replaced in before.Where(active => active.Match == added.Match)) replaced.Dispose();
        return TypedResults.Ok(LevelOverrideAnswer.Of(added));
    }

    private static Results<NoContent, ProblemHttpResult> End(
        HttpContext context, LoggingService service, AuditTrail audit, RequestClock clock)
    {
        var reader = new QueryReader(context.Request, Parameters, clock.Now);
        var match = new LevelOverrideMatch
        {
            UserId = reader.Text("user_id"),
            JobId = reader.Text("job_id"),
            TraceId = reader.Text("trace_id")?.ToLowerInvariant(),
            Category = reader.Text("category"),
        };
        if (match == new LevelOverrideMatch())
            throw new InvalidParameterException("user_id", "Give the override's match: user_id, job_id, trace_id or category.");
        LevelOverride[] ended = [.. service.Overrides.Where(active => active.Match == match)];
        if (ended.Length == 0)
            return TypedResults.Problem($"No override for {match} is active.", statusCode: StatusCodes.Status404NotFound);
        audit.LevelOverrideEnded(Caller.Of(context), ended[^1]);
        foreach (var one in ended) one.Dispose();
        return TypedResults.NoContent();
    }

    /// <summary>The body's field for a member that the service named.</summary>
    private static string FieldOf(string? member) => member switch
    {
        "match" or "level" => member,
        "duration" => "expires",
        _ => $"match.{JsonNamingPolicy.SnakeCaseLower.ConvertName(member ?? "")}",
    };
}
