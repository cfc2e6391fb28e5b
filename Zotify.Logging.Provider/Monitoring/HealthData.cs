using System.Globalization;
using Zotify.Logging.Alerts;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Monitoring;

/// <summary>The handlers' states, only as strings and numbers, which every JSON writer of health reports can write.</summary>
internal static class HealthData
{
    /// <summary>
    /// The data, each value under <c>&lt;handler&gt;.&lt;name&gt;</c>. <c>queued</c> is <c>queue.length</c> of
    /// <c>GET /api/logs/handlers</c>, <c>error</c> is the current failure, and the other names are the same in both.
    /// </summary>
    public static IReadOnlyDictionary<string, object> Of(IEnumerable<HandlerStatus> handlers) => handlers
        .SelectMany(handler => Of(handler).Select(value => KeyValuePair.Create($"{handler.Name}.{value.Name}", value.Value)))
        .ToDictionary();

    /// <summary>The last proof of the audit log.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Of(AuditProof? proof)
    {
        if (proof is null) yield break;
        yield return new("proof.status", NameOf(proof.Status));
        yield return new("proof.at", proof.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        if (proof.Reason is { } reason) yield return new("proof.reason", reason);
    }

    /// <summary>The delivery of alerts.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Of(AlertEngine? alerts)
    {
        if (alerts is null) yield break;
        var (pending, sent, failed) = alerts.Book.Counts;
        yield return new("alerts.pending", pending);
        yield return new("alerts.sent", sent);
        yield return new("alerts.failed", failed);
        if (alerts.Failure is { } failure) yield return new("alerts.error", failure);
    }

    /// <summary>A status as the API has it.</summary>
    public static string NameOf(AuditVerificationStatus status) => status switch
    {
        AuditVerificationStatus.Valid => "valid",
        AuditVerificationStatus.Truncated => "truncated",
        _ => "broken",
    };

    private static IEnumerable<(string Name, object Value)> Of(HandlerStatus handler)
    {
        yield return ("state", handler.State.ToString().ToLowerInvariant());
        yield return ("queued", handler.Queued);
        yield return ("written", handler.Written);
        yield return ("retried", handler.Retried);
        yield return ("rejected", handler.Rejected);
        yield return ("behind", handler.Behind);
        foreach (var (reason, count) in handler.Dropped) yield return ($"dropped.{DropReasonNames.Of(reason)}", count);
        foreach (var target in handler.Targets)
        {
            yield return ($"target.{target.Name}.behind", target.Behind);
            if (target.Failure is { } fault) yield return ($"target.{target.Name}.error", fault);
        }

        if (handler.Watch is { } watch)
        {
            foreach (var value in Of(watch)) yield return value;
        }

        if (handler.Failure is { } failure) yield return ("error", failure);
        if (handler.ProjectionFailure is not { } databaseError) yield break;
        yield return ("database_error", databaseError);
        yield return ("database_error_kind", handler.ProjectionFailureIsPermanent ? "permanent" : "temporary");
    }

    /// <summary>What the handler Jobs saw of all instances and jobs.</summary>
    private static IEnumerable<(string Name, object Value)> Of(WatchStatus watch)
    {
        foreach (var (state, count) in watch.Instances) yield return ($"instances.{state}", count);
        if (watch.Gone.Count > 0) yield return ("instances.missed", string.Join(", ", watch.Gone));
        yield return ("stalled", watch.StalledJobs);
        if (watch.OverdueTypes is { Count: > 0 } overdue) yield return ("overdue", string.Join(", ", overdue));
    }
}
