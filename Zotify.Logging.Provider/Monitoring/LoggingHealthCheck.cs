using Microsoft.Extensions.Diagnostics.HealthChecks;
using Zotify.Logging.Alerts;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Handlers;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Monitoring;

/// <summary>
/// Healthy while every handler writes. Unhealthy when audit records cannot be written. Degraded when another handler, the database or a
/// target fails, because the journals wait for these; when another instance is gone, until its jobs are given up; when jobs are stalled or
/// overdue; when alerts are not delivered; and when the last proof of the audit log failed. Audit records that were lost earlier are
/// mentioned but do not change the status,
/// because no restart brings them back. The data has each handler's numbers.
/// </summary>
/// <param name="service">The handlers.</param>
/// <param name="alerts">The delivery of alerts; <see langword="null"/> where there are none.</param>
/// <param name="prover">The last proof of the audit log; <see langword="null"/> where there is none.</param>
internal sealed class LoggingHealthCheck(LoggingService service, AlertTargetFactory? alerts = null, AuditProver? prover = null)
    : IHealthCheck
{
    /// <summary>The name that the check is registered with.</summary>
    public const string Name = "zotify";

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var handlers = service.Handlers;
        string[] others = [.. RemarksOfOthers()];
        var remarks = string.Join("; ", handlers.SelectMany(Remarks).Concat(others));
        return Task.FromResult(new HealthCheckResult(
            handlers.Select(StatusOf).Append(others.Length == 0 ? HealthStatus.Healthy : HealthStatus.Degraded).Min(),
            remarks.Length == 0 ? null : remarks,
            data: HealthData.Of(handlers).Concat(HealthData.Of(prover?.Last)).Concat(HealthData.Of(alerts?.Engine)).ToDictionary()));
    }

    /// <summary>What is wrong besides the handlers. Neither is a reason to send no requests to this process.</summary>
    private IEnumerable<string> RemarksOfOthers()
    {
        if (prover?.Last is { Status: not AuditVerificationStatus.Valid } proof)
            yield return $"the audit log is {HealthData.NameOf(proof.Status)}: {proof.Reason}";
        if (alerts?.Engine is { Failure: { } failure }) yield return $"alerts are not delivered: {failure}";
    }

    private static HealthStatus StatusOf(HandlerStatus handler)
    {
        if (handler.Failure is not null && IsAudit(handler)) return HealthStatus.Unhealthy;
        return handler.Failure is null && handler.ProjectionFailure is null && handler.Targets.All(target => target.Failure is null)
            && handler.Watch is null or { Gone.Count: 0, StalledJobs: 0, OverdueTypes.Count: 0 }
            ? HealthStatus.Healthy
            : HealthStatus.Degraded;
    }

    private static IEnumerable<string> Remarks(HandlerStatus handler)
    {
        var name = handler.Name;
        if (handler.Failure is not null) yield return $"{name} does not write: {handler.Failure}";
        if (handler.ProjectionFailure is not null)
        {
            var until = handler.ProjectionFailureIsPermanent ? " until somebody fixes this" : "";
            yield return $"{name} does not reach the database{until}: {handler.ProjectionFailure}";
        }

        foreach (var target in handler.Targets.Where(target => target.Failure is not null))
        {
            var until = target.FailureIsPermanent ? " until somebody fixes this" : "";
            yield return $"{name} does not reach {target.Name}{until}: {target.Failure}";
        }

        if (handler.Watch is { } watch)
        {
            foreach (var remark in Remarks(watch)) yield return remark;
        }

        if (!IsAudit(handler)) yield break;
        if (handler.Dropped.Count > 0) yield return $"{name} dropped records since the start: {DropReasonNames.Describe(handler.Dropped)}";
        if (handler.Rejected > 0) yield return $"the database refused {handler.Rejected} records of {name}, which its journal keeps";
    }

    private static IEnumerable<string> Remarks(WatchStatus watch)
    {
        if (watch.Gone.Count > 0) yield return $"not seen for 30 s: {string.Join(", ", watch.Gone)}";
        if (watch.StalledJobs > 0) yield return $"{watch.StalledJobs} jobs are stalled";
        if (watch.OverdueTypes is { Count: > 0 } overdue) yield return $"no job ran when it was expected: {string.Join(", ", overdue)}";
    }

    private static bool IsAudit(HandlerStatus handler) => handler.HandlerType == typeof(JsonAuditHandler);
}
