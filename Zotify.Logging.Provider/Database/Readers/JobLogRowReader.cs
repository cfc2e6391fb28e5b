using System.Data.Common;

namespace Zotify.Logging.Database;

/// <summary>Reads rows of <c>job_logs</c> from the result of a query.</summary>
internal static class JobLogRowReader
{
    /// <summary>The columns of <c>job_logs AS l</c> that a query selects.</summary>
    public const string Columns =
        """
        l.id, l.journal_id, l.seq, l.job_id, l.instance, l.timestamp, l.level, l.category, l.event_id, l.event_name, l.message, l.exception,
          l.properties, l.progress_done, l.progress_total, l.trace_id, l.span_id
        """;

    /// <summary>The rows of a query.</summary>
    public static Task<List<JobLogRow>> ReadAsync(LoggingConnection connection, SqlQuery query, CancellationToken cancellationToken) =>
        connection.ReadAsync(query, row => Of(row, connection.Dialect), cancellationToken);

    private static JobLogRow Of(DbDataReader row, SqlDialect dialect) => new()
    {
        Id = row.GetInt64(0),
        JournalId = row.GetInt64(1),
        Seq = row.GetInt64(2),
        JobId = row.GetString(3),
        Instance = row.GetString(4),
        Timestamp = dialect.ReadTime(row, 5),
        Level = row.GetString(6),
        Category = row.GetString(7),
        EventId = row.IsDBNull(8) ? null : row.GetInt32(8),
        EventName = row.TextOrNull(9),
        Message = row.TextOrNull(10),
        Exception = row.TextOrNull(11),
        Properties = row.TextOrNull(12),
        ProgressDone = row.NumberOrNull(13),
        ProgressTotal = row.NumberOrNull(14),
        TraceId = row.TextOrNull(15),
        SpanId = row.TextOrNull(16),
    };
}
