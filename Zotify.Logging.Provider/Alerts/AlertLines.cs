using System.Text.Json;
using Zotify.Logging.Database;
using Zotify.Logging.Formats;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;

namespace Zotify.Logging.Alerts;

/// <summary>Reads the lines of a journal as events. A line that nobody can read is none. Used by one thread at a time.</summary>
internal sealed class AlertLines
{
    private readonly LineParser<AuditEventRow> _audit = AuditLine.Parser();
    private readonly LineParser<JobLogRow> _jobs = JobLine.Parser();

    /// <summary>
    /// The event of a line; <see langword="null"/> where there is none. A delivery's own event is none: an alert on every event would fire
    /// on its own delivery, without end.
    /// </summary>
    /// <param name="handler">The handler whose line it is.</param>
    /// <param name="line">The line.</param>
    /// <param name="state">Has the open jobs; they are kept up here.</param>
    public AlertEvent? Read(string handler, JournalLine line, AlertState state)
    {
        try
        {
            return handler == AlertJournals.Audit ? OfAudit(AuditLine.Parse(line, 0, _audit)) : OfJob(line, state);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static AlertEvent? OfAudit(AuditEventRow row) =>
        row.Category == ReservedNames.Category && AuditSelfEvents.IsOfAlert(row.EventType)
            ? null
            : new AlertEvent(row.Seq, row.Timestamp, row, null);

    private AlertEvent? OfJob(JournalLine line, AlertState state)
    {
        var (row, type) = JobLine.Parse(line, 0, _jobs);
        return AlertJobs.Apply(state, row, type) is { } job ? new AlertEvent(line.Seq, row.Timestamp, null, job) : null;
    }
}
