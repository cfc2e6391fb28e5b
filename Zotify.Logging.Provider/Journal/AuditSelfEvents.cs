using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Formats;

namespace Zotify.Logging.Journal;

/// <summary>
/// The events that the audit log writes about itself. They are lines of its chain like all others, and no filter excludes them. Their
/// category and names are reserved: see <see cref="ReservedNames"/>.
/// </summary>
internal static class AuditSelfEvents
{
    /// <summary>The category of all of them.</summary>
    public const string Category = ReservedNames.Category;

    private static readonly EventId StartedId = new(9001, "audit.started");
    private static readonly EventId StoppedId = new(9002, "audit.stopped");
    private static readonly EventId ConfigChangedId = new(9003, "audit.config_changed");
    private static readonly EventId AlertSentId = new(9005, "alert.sent");
    private static readonly EventId AlertFailedId = new(9006, "alert.failed");
    private static readonly EventId PrunedId = new(PruneAnchor.EventId, PruneAnchor.EventType);

    private static readonly string Version =
        typeof(AuditSelfEvents).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>The journal was opened.</summary>
    /// <param name="recovered">What recovery found.</param>
    /// <param name="settings">The options in force.</param>
    /// <param name="time">The present time.</param>
    public static LogRecord OfStart(JournalRecovery recovered, IReadOnlyDictionary<string, object?> settings, DateTimeOffset time) => Make(
        StartedId,
        time,
        string.Create(
            CultureInfo.InvariantCulture, $"The audit log was opened by process {Environment.ProcessId} after line {recovered.LastSeq}"),
        ("process_id", Environment.ProcessId),
        ("version", Version),
        ("last_seq", recovered.LastSeq),
        ("torn_bytes", recovered.TornBytes),
        ("settings", settings));

    /// <summary>The journal was closed in good order.</summary>
    /// <param name="written">How many lines were written since it was opened.</param>
    /// <param name="dropped">How many records did not reach it, by reason.</param>
    /// <param name="time">The present time.</param>
    public static LogRecord OfStop(long written, IReadOnlyDictionary<string, object?> dropped, DateTimeOffset time) => Make(
        StoppedId,
        time,
        string.Create(CultureInfo.InvariantCulture, $"The audit log was closed after {written} lines"),
        ("written", written), ("dropped", dropped));

    /// <summary>Options were changed.</summary>
    /// <param name="changes">The old and the new value, by key.</param>
    /// <param name="time">The present time.</param>
    public static LogRecord OfChange(IReadOnlyDictionary<string, object?> changes, DateTimeOffset time) => Make(
        ConfigChangedId, time, $"The configuration of the audit log was changed: {string.Join(", ", changes.Keys)}", ("changes", changes));

    /// <summary>Lines are about to be pruned.</summary>
    public static LogRecord OfPruning(PruneAnchor anchor, DateTimeOffset time) => Make(
        PrunedId, time, anchor.Message, (PruneAnchor.SeqName, anchor.ThroughSeq), (PruneAnchor.HashName, anchor.ThroughHash));

    /// <summary>The receiver of alerts accepted a message.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="messageId">The id of the message.</param>
    /// <param name="attempts">How many attempts that took.</param>
    /// <param name="host">The receiver's host.</param>
    /// <param name="time">The present time.</param>
    public static LogRecord OfAlertSent(string alert, string messageId, int attempts, string host, DateTimeOffset time) => Make(
        AlertSentId, time, $"The alert '{alert}' was delivered to {host}",
        ("alert", alert), ("message_id", messageId), ("attempts", attempts), ("host", host));

    /// <summary>A message was not delivered.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="messageId">The id of the message.</param>
    /// <param name="attempts">How many attempts failed.</param>
    /// <param name="error">Why the last one failed.</param>
    /// <param name="isOver">Whether there is no further attempt.</param>
    /// <param name="time">The present time.</param>
    public static LogRecord OfAlertFailed(
        string alert, string messageId, int attempts, string error, bool isOver, DateTimeOffset time) => Make(
        AlertFailedId,
        time,
        $"The alert '{alert}' was not delivered, and {(isOver ? "is given up" : "is tried again for a day")}: {error}",
        ("alert", alert), ("message_id", messageId), ("attempts", attempts), ("error", error), ("given_up", isOver));

    /// <summary>Whether an event of <see cref="Category"/> is about the delivery of an alert.</summary>
    public static bool IsOfAlert(string eventType) => eventType == AlertSentId.Name || eventType == AlertFailedId.Name;

    private static LogRecord Make(
        EventId id, DateTimeOffset time, string message, params ReadOnlySpan<(string Name, object? Value)> details)
    {
        var properties = new List<KeyValuePair<string, object?>>(details.Length);
        foreach (var (name, value) in details) properties.Add(new(name, value));
        return new LogRecord
        {
            Timestamp = time,
            Level = LogLevel.Information,
            Category = Category,
            EventId = id,
            Message = message,
            Properties = properties,
            IsSelfEvent = true,
        };
    }
}
