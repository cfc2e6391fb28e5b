using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.AspNetCore.Security;

namespace Zotify.Logging.Web.SignIn;

/// <summary>
/// Limits how often sign-ins from an address may fail, so that nobody can try many keys or flood the audit log with failures. Over the
/// limit, even a valid key is refused until the period has passed. Thread-safe.
/// </summary>
internal sealed class FailedSignIns : IEndpointFilter, IDisposable
{
    /// <summary>How many failures get the usual answer.</summary>
    public const int MostFailures = 10;

    private readonly PartitionedRateLimiter<string> _failures = AddressLimiter.Create(MostFailures);

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var address = Caller.AddressOf(context.HttpContext) ?? "";
        // Acquiring zero permits shows whether any are left.
        using (var open = _failures.AttemptAcquire(address, 0))
        {
            if (!open.IsAcquired) return Refuse(context.HttpContext, open);
        }

        var result = await next(context);
        if (StatusOf(result) != StatusCodes.Status401Unauthorized) return result;
        // Many concurrent failures must not exceed the limit either.
        using var failure = _failures.AttemptAcquire(address);
        return failure.IsAcquired ? result : Refuse(context.HttpContext, failure);
    }

    /// <inheritdoc/>
    public void Dispose() => _failures.Dispose();

    private static int? StatusOf(object? result) =>
        (result is INestedHttpResult nested ? nested.Result : result) is IStatusCodeHttpResult { StatusCode: var status } ? status : null;

    private static ProblemHttpResult Refuse(HttpContext context, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var rest) ? rest : AddressLimiter.Window;
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return CostlyQueries.Refusal("Too many sign-ins from this address failed; try again later.");
    }
}
