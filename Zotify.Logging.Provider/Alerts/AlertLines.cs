using System.Text.Json;
using Zotify.Logging.Database;
using Zotify.Logging.Formats;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;
using Zotify.Logging.Records;

namespace Zotify.Logging.Alerts;

/// <summary>Reads the lines of a journal as events. A line that nobody can read is none. Used by one thread at a time.</summary>
internal sealed class AlertLines
{
    /// <summary>Bounds the memory of jobs that never end.</summary>
    private const int MostJobTypes = 1_000;

    private readonly LineParser<AuditEventRow> _audit = AuditLine.Parser();
    private readonly LineParser<JobLogRow> _jobs = JobLine.Parser();

    /// <summary>
    /// The event of a line; <see langword="null"/> where there is none. A delivery's own event is none: an alert on every event would fire
    /// on its own delivery, without end.
    /// </summary>
    /// <param name="handler">The handler whose line it is.</param>
    /// <param name="line">The line.</param>
    /// <param name="jobTypes">The types of open jobs, by job; kept up here.</param>
    public AlertEvent? Read(string handler, JournalLine line, OrderedDictionary<string, string> jobTypes)
    {
        try
        {
            return handler == AlertJournals.Audit ? OfAudit(AuditLine.Parse(line, 0, _audit)) : OfJob(line, jobTypes);
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

    private AlertEvent? OfJob(JournalLine line, OrderedDictionary<string, string> jobTypes)
    {
        var (row, type) = JobLine.Parse(line, 0, _jobs);
        // Not every line of a job names its type.
        if (type is not null && jobTypes.GetValueOrDefault(row.JobId) != type)
        {
            jobTypes[row.JobId] = type;
            if (jobTypes.Count > MostJobTypes) jobTypes.RemoveAt(0);
        }

        type ??= jobTypes.GetValueOrDefault(row.JobId);
        if (StatusOf(row.EventName) is not { } status) return null;
        if (status != JobStatus.Running) jobTypes.Remove(row.JobId);
        var job = new JobRow(row.JobId)
        {
            JobType = type, Status = status, Instance = row.Instance, LastAt = row.Timestamp, LastMessage = row.Message,
        };
        return new AlertEvent(line.Seq, row.Timestamp, null, job);
    }

    private static string? StatusOf(string? eventName) => eventName switch
    {
        JobEvents.StartedName => JobStatus.Running,
        JobEvents.CompletedName => JobStatus.Completed,
        JobEvents.FailedName => JobStatus.Failed,
        JobEvents.InterruptedName => JobStatus.Interrupted,
        _ => null,
    };
}
