namespace Zotify.Logging.Database;

/// <summary>The tables that rows are inserted into in bulk.</summary>
internal static class SqlTables
{
    /// <summary><c>audit_events</c>.</summary>
    public static SqlTable<AuditEventRow> AuditEvents { get; } = Of("audit_events", AuditEventRow.Columns);

    /// <summary><c>job_logs</c>.</summary>
    public static SqlTable<JobLogRow> JobLogs { get; } = Of("job_logs", JobLogRow.Columns);

    /// <summary><c>jobs</c>.</summary>
    public static SqlTable<JobRow> Jobs { get; } = Of("jobs", JobRow.Columns, key: "job_id");

    private static SqlTable<TRow> Of<TRow>(string name, IEnumerable<RowColumn<TRow>> columns, string? key = null) => new(
        name, [.. columns.OrderByDescending(column => column.Name == key).ThenBy(column => column.Name, StringComparer.Ordinal)]);
}
