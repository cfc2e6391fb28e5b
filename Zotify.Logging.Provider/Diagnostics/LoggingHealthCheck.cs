using Microsoft.Extensions.Diagnostics.HealthChecks;
using Zotify.Logging.Provider.Dispatch;
using Zotify.Logging.Provider.Handlers.Audit;

namespace Zotify.Logging.Provider.Diagnostics;

/// <summary>
/// Healthy while every handler writes; unhealthy when audit records cannot be written; degraded when another handler or
/// the database fails, for the journals wait for it.
/// </summary>
internal sealed class LoggingHealthCheck(LoggingService service) : IHealthCheck
{
    /// <summary>The name that the check is registered with.</summary>
    public const string Name = "zotify";

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = HealthStatus.Healthy;
        var faults = new List<string>();
        foreach (var handler in service.Handlers)
        {
            if (handler.Failure is null && handler.ProjectionFailure is null) continue;
            var worst = handler.Failure is not null && handler.HandlerType == typeof(JsonAuditHandler) ? HealthStatus.Unhealthy : HealthStatus.Degraded;
            if (worst < status) status = worst;
            if (handler.Failure is not null) faults.Add($"{handler.Name} does not write: {handler.Failure}");
            if (handler.ProjectionFailure is not null) faults.Add($"{handler.Name} does not reach the database: {handler.ProjectionFailure}");
        }

        return Task.FromResult(new HealthCheckResult(status, faults.Count == 0 ? null : string.Join("; ", faults)));
    }
}
