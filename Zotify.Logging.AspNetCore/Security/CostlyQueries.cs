using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.RateLimiting;
using Zotify.Logging.AspNetCore.Common;

namespace Zotify.Logging.AspNetCore.Security;

/// <summary>
/// Limits each user's queries of the database, so that no user slows down the others. Each user may run 8 queries and queue 56 more; beyond
/// that the API answers 429. A streamed answer counts until its end.
/// </summary>
internal sealed class CostlyQueries : IRateLimiterPolicy<string>
{
    /// <summary>The policy's name.</summary>
    public const string Policy = "logs:costly";

    /// <summary>How many run at once.</summary>
    public const int AtOnce = 8;

    /// <summary>How many wait.</summary>
    public const int Waiting = 56;

    /// <inheritdoc/>
    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected { get; } = async (rejected, _) =>
    {
        // Usually one of them ends soon.
        rejected.HttpContext.Response.Headers.RetryAfter = "1";
        await Refusal($"More than {AtOnce + Waiting} queries of yours run or wait already; try again when some are done.")
            .ExecuteAsync(rejected.HttpContext);
    };

    /// <inheritdoc/>
    public RateLimitPartition<string> GetPartition(HttpContext httpContext) => RateLimitPartition.GetConcurrencyLimiter(
        Caller.UserIdOf(httpContext.User) ?? "", _ => new ConcurrencyLimiterOptions { PermitLimit = AtOnce, QueueLimit = Waiting });

    /// <summary>The answer to a request beyond the limit.</summary>
    public static ProblemHttpResult Refusal(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status429TooManyRequests);
}
