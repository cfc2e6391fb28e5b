using System.Data.Common;

namespace Zotify.Logging.Database;

/// <summary>Reads rows of <c>audit_events</c> as a query in SQL gives them, with what else the query tells of them.</summary>
internal static class AuditRowReader
{
    /// <summary>The columns of <c>audit_events AS e</c> that a query selects, first of all.</summary>
    public const string Columns =
        """
        e.row_id, e.journal_id, e.seq, e.id, e.timestamp, e.event_type, e.user_id, e.source_ip, e.level, e.category,
          e.event_id, e.message, e.details, e.scope, e.exception, e.trace_id, e.span_id, e.instance, e.key_id, e.hash
        """;

    /// <summary>How many columns these are: the number of the first of the query's own.</summary>
    public const int Count = 20;

    /// <summary>The rows of a query.</summary>
    public static Task<List<AuditEventRow>> ReadAsync(LoggingConnection connection, SqlQuery query, CancellationToken cancellationToken) =>
        connection.ReadAsync(query, row => Of(row, connection.Dialect), cancellationToken);

    /// <summary>The row that a reader is at.</summary>
    public static AuditEventRow Of(DbDataReader row, SqlDialect dialect) => new()
    {
        RowId = row.GetInt64(0),
        JournalId = row.GetInt64(1),
        Seq = row.GetInt64(2),
        Id = dialect.ReadId(row, 3),
        Timestamp = dialect.ReadTime(row, 4),
        EventType = row.GetString(5),
        UserId = row.TextOrNull(6),
        SourceIp = row.TextOrNull(7),
        Level = row.GetString(8),
        Category = row.GetString(9),
        EventId = row.IsDBNull(10) ? null : row.GetInt32(10),
        Message = row.TextOrNull(11),
        Details = row.TextOrNull(12),
        Scope = row.TextOrNull(13),
        Exception = row.TextOrNull(14),
        TraceId = row.TextOrNull(15),
        SpanId = row.TextOrNull(16),
        Instance = row.GetString(17),
        KeyId = row.TextOrNull(18),
        Hash = row.TextOrNull(19),
    };
}
