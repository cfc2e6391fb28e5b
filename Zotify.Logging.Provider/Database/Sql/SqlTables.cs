namespace Zotify.Logging.Database;

/// <summary>The tables that rows are inserted into in bulk.</summary>
internal static class SqlTables
{
    /// <summary><c>audit_events</c>.</summary>
    public static SqlTable<AuditEventRow> AuditEvents { get; } = new(
        "audit_events",
        [
            .. AuditEventRow.Columns.OrderBy(column => column.Name, StringComparer.Ordinal)
                .Select(column => new SqlColumn<AuditEventRow>(column.Name, column.Type, column.Value) { IsLong = column.IsLong }),
        ]);

    /// <summary><c>job_logs</c>.</summary>
    public static SqlTable<JobLogRow> JobLogs { get; } = new(
        "job_logs",
        new("category", typeof(string), row => row.Category),
        new("event_id", typeof(int), row => row.EventId),
        new("event_name", typeof(string), row => row.EventName),
        new("exception", typeof(string), row => row.Exception) { IsLong = true },
        new("instance", typeof(string), row => row.Instance),
        new("job_id", typeof(string), row => row.JobId),
        new("journal_id", typeof(long), row => row.JournalId),
        new("level", typeof(string), row => row.Level),
        new("message", typeof(string), row => row.Message) { IsLong = true },
        new("progress_done", typeof(long), row => row.ProgressDone),
        new("progress_total", typeof(long), row => row.ProgressTotal),
        new("properties", typeof(string), row => row.Properties) { IsLong = true },
        new("seq", typeof(long), row => row.Seq),
        new("span_id", typeof(string), row => row.SpanId),
        new("timestamp", typeof(DateTime), row => row.Timestamp),
        new("trace_id", typeof(string), row => row.TraceId));

    /// <summary><c>jobs</c>.</summary>
    public static SqlTable<JobRow> Jobs { get; } = new(
        "jobs",
        new("job_id", typeof(string), row => row.JobId),
        new("ended_at", typeof(DateTime), row => row.EndedAt),
        new("entries", typeof(long), row => row.Entries),
        new("errors", typeof(long), row => row.Errors),
        new("first_at", typeof(DateTime), row => row.FirstAt),
        new("instance", typeof(string), row => row.Instance),
        new("job_type", typeof(string), row => row.JobType),
        new("last_at", typeof(DateTime), row => row.LastAt),
        new("last_message", typeof(string), row => row.LastMessage) { IsLong = true },
        new("progress_at", typeof(DateTime), row => row.ProgressAt),
        new("progress_done", typeof(long), row => row.ProgressDone),
        new("progress_total", typeof(long), row => row.ProgressTotal),
        new("status", typeof(string), row => row.Status),
        new("warnings", typeof(long), row => row.Warnings));
}
