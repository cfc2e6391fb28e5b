using System.Data.Common;
using Zotify.Logging.Provider.Database.Entities;

namespace Zotify.Logging.Provider.Database.Sql;

/// <summary>Reads rows of <c>audit_events</c> as a query in SQL gives them: in half of EF Core's time, and with what else the query tells of them.</summary>
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
    public static Task<List<AuditEventRow>> ReadAsync(LoggingDbContext context, SqlDialect dialect, SqlQuery sql, CancellationToken cancellationToken) =>
        sql.ReadAsync(context, reader => Of(reader, dialect), cancellationToken);

    /// <summary>The row that a reader is at.</summary>
    public static AuditEventRow Of(DbDataReader reader, SqlDialect dialect) => new()
    {
        RowId = reader.GetInt64(0),
        JournalId = reader.GetInt64(1),
        Seq = reader.GetInt64(2),
        Id = dialect.ReadId(reader, 3),
        Timestamp = dialect.ReadTime(reader, 4),
        EventType = reader.GetString(5),
        UserId = Text(reader, 6),
        SourceIp = Text(reader, 7),
        Level = reader.GetString(8),
        Category = reader.GetString(9),
        EventId = reader.IsDBNull(10) ? null : reader.GetInt32(10),
        Message = Text(reader, 11),
        Details = Text(reader, 12),
        Scope = Text(reader, 13),
        Exception = Text(reader, 14),
        TraceId = Text(reader, 15),
        SpanId = Text(reader, 16),
        Instance = reader.GetString(17),
        KeyId = Text(reader, 18),
        Hash = Text(reader, 19),
    };

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
