using Microsoft.EntityFrameworkCore;
using Zotify.Logging.SqlServer;

namespace Zotify.Logging.Tests.Database.Documentation;

/// <summary>The queries in LINQ of <c>docs/sql.md</c>, as they are written there; a test compares the texts.</summary>
internal static class DocumentedLinq
{
    /// <summary>The queries in the order of the document.</summary>
    public static IReadOnlyList<Func<ZotifyLogsContext, DateTime, IQueryable<object>>> All { get; } =
    [
        // 1
        (logs, day) =>
            logs.Jobs.Where(job => job.Status == "running")
                .OrderBy(job => job.FirstAt)
                .Select(job => new
                {
                    job.JobId, job.JobType, job.Instance, job.ProgressDone, job.ProgressTotal, job.FirstAt, job.LastMessage,
                }),
        // 2
        (logs, day) =>
            logs.Jobs.Where(job => job.EndedAt >= day)
                .Select(job => new { job.JobId, job.JobType, job.Status, Seconds = EF.Functions.DateDiffSecond(job.FirstAt, job.EndedAt) })
                .OrderByDescending(job => job.Seconds)
                .Take(20),
        // 3
        (logs, day) =>
            logs.Jobs.Where(job => (job.Status == "failed" || job.Status == "interrupted") && job.EndedAt >= day)
                .GroupBy(job => EF.Functions.DateDiffHour(day, job.EndedAt!.Value))
                .OrderBy(jobs => jobs.Key)
                .Select(jobs => new { Hour = day.AddHours(jobs.Key), Failed = jobs.Count() }),
        // 4
        (logs, day) =>
            logs.JobLogs.Where(entry => entry.JobId == "sync-1")
                .OrderBy(entry => entry.Id)
                .Select(entry => new { entry.Timestamp, entry.Level, entry.Message, entry.ProgressDone, entry.ProgressTotal }),
        // 5
        (logs, day) =>
            logs.JobLogs.Where(entry => entry.JobId == "sync-1")
                .Where(entry => entry.Level == "Warning" || entry.Level == "Error" || entry.Level == "Critical")
                .OrderBy(entry => entry.Id)
                .Select(entry => new { entry.Timestamp, entry.Level, entry.EventName, entry.Message, entry.Exception }),
        // 6
        (logs, day) =>
            logs.AuditEvents.Where(e => e.UserId == "u42" && e.Timestamp >= day)
                .OrderByDescending(e => e.Timestamp).ThenByDescending(e => e.JournalId).ThenByDescending(e => e.Seq)
                .Select(e => new { e.Timestamp, e.EventType, e.SourceIp, e.Message, e.Details }),
        // 7
        (logs, day) =>
            logs.AuditCounts.Where(hour => hour.Hour >= day)
                .OrderBy(hour => hour.Hour).ThenBy(hour => hour.EventType)
                .Select(hour => new { hour.Hour, hour.EventType, hour.Count }),
        // 8
        (logs, day) =>
            logs.AuditEvents.Where(e => e.EventType == "user.login_failed" && e.Timestamp >= day)
                .GroupBy(e => e.SourceIp)
                .Select(events => new { SourceIp = events.Key, Attempts = events.Count(), LastAttempt = events.Max(e => e.Timestamp) })
                .OrderByDescending(address => address.Attempts).ThenBy(address => address.SourceIp),
        // 9
        (logs, day) =>
            logs.AuditEvents.FromSql($"SELECT * FROM audit_events WHERE JSON_VALUE(details, '$.setting') = {"pause_ms"}")
                .Where(e => e.EventType == "config.update")
                .OrderBy(e => e.Timestamp)
                .Select(e => new { e.Timestamp, e.UserId, Setting = "pause_ms", e.Message }),
        // 10
        (logs, day) =>
            logs.Journals.OrderBy(journal => journal.Instance).ThenBy(journal => journal.Name).ThenBy(journal => journal.Id)
                .Select(journal => new { journal.Instance, journal.Name, journal.Seq, journal.Journal }),
    ];
}
