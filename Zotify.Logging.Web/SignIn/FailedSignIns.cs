using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.AspNetCore.Security;

namespace Zotify.Logging.Web.SignIn;

/// <summary>
/// Bounds how often an address may fail to sign in, so that nobody tries keys at will or floods the audit log with failures. One that
/// failed too often may not even succeed before its time is over. Thread-safe.
/// </summary>
internal sealed class FailedSignIns : IEndpointFilter, IDisposable
{
    /// <summary>How many failures are answered as such.</summary>
    public const int MostFailures = 10;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<string> _failures = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(
        address, _ => new FixedWindowRateLimiterOptions { PermitLimit = MostFailures, Window = Window }));

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var address = Caller.AddressOf(context.HttpContext) ?? "";
        // Asking for no permit tells whether there is one.
        using (var open = _failures.AttemptAcquire(address, 0))
        {
            if (!open.IsAcquired) return Refuse(context.HttpContext, open);
        }

        var result = await next(context);
        if (StatusOf(result) != StatusCodes.Status401Unauthorized) return result;
        // Of many failures at once, too, only so many are told apart from refusals.
        using var failure = _failures.AttemptAcquire(address);
        return failure.IsAcquired ? result : Refuse(context.HttpContext, failure);
    }

    /// <inheritdoc/>
    public void Dispose() => _failures.Dispose();

    private static int? StatusOf(object? result) =>
        (result is INestedHttpResult nested ? nested.Result : result) is IStatusCodeHttpResult { StatusCode: var status } ? status : null;

    private static ProblemHttpResult Refuse(HttpContext context, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var rest) ? rest : Window;
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return CostlyQueries.Refusal("Too many sign-ins from this address failed; try again later.");
    }
}
