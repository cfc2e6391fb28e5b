using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Provider.Database.Entities;
using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Provider.Database.Projection;

/// <summary>Job lines become <c>job_logs</c>, and are summed up in <c>jobs</c>.</summary>
/// <param name="instance">The instance whose jobs are interrupted when it starts again.</param>
internal sealed class JobProjection(string instance) : IProjection
{
    private static readonly string[] Columns =
    [
        "journal_id", "seq", "job_id", "instance", "timestamp", "level", "category", "event_id", "event_name", "message", "exception",
        "properties", "progress_done", "progress_total", "trace_id", "span_id",
    ];

    /// <inheritdoc/>
    public async Task ApplyAsync(ProjectionTarget target, IReadOnlyList<JournalLine> lines, CancellationToken cancellationToken)
    {
        var rows = target.Read(lines, Read);
        await target.Engine.InsertAsync(
            target.Transaction, "job_logs", Columns, [.. rows.Select(row => Values(row.Entry, target.JournalId))], cancellationToken).ConfigureAwait(false);
        foreach (var entries in rows.GroupBy(row => row.Entry.JobId, StringComparer.Ordinal))
        {
            var job = await target.Context.Jobs.FindAsync([entries.Key], cancellationToken).ConfigureAwait(false);
            if (job is null) target.Context.Add(job = JobSummaryUpdate.Begin(entries.First().Entry));
            foreach (var (entry, jobType) in entries) JobSummaryUpdate.Apply(job, entry, jobType);
        }

        await target.Context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task RecoveredAsync(LoggingDbContext context, CancellationToken cancellationToken) =>
        context.Jobs
            .Where(job => job.Status == JobStatus.Running && job.Instance == instance)
            .ExecuteUpdateAsync(
                set => set.SetProperty(job => job.Status, JobStatus.Interrupted).SetProperty(job => job.EndedAt, job => job.LastAt),
                cancellationToken);

    private static (JobLogRow Entry, string? JobType) Read(JournalJson line, long seq) =>
    (
        new JobLogRow
        {
            Seq = seq,
            JobId = line.Required("job_id", ColumnLimits.Name),
            Instance = line.Required("instance", ColumnLimits.Instance),
            Timestamp = line.Timestamp(),
            Level = line.Required("level", 16),
            Category = line.Required("category", ColumnLimits.Category),
            EventId = (int?)line.Number("event_id"),
            EventName = line.Text("event_name", ColumnLimits.Name),
            Message = line.Text("message"),
            Exception = line.Text("exception"),
            Properties = line.Raw("properties"),
            ProgressDone = line.Number("progress_done"),
            ProgressTotal = line.Number("progress_total"),
            TraceId = line.Text("trace_id", 32),
            SpanId = line.Text("span_id", 16),
        },
        line.Text("job_type", ColumnLimits.Name));

    private static object?[] Values(JobLogRow row, long journalId) =>
    [
        journalId, row.Seq, row.JobId, row.Instance, row.Timestamp, row.Level, row.Category, row.EventId, row.EventName, row.Message, row.Exception,
        row.Properties, row.ProgressDone, row.ProgressTotal, row.TraceId, row.SpanId,
    ];
}
