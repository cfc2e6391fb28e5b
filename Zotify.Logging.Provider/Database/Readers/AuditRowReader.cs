using System.Data.Common;

namespace Zotify.Logging.Database;

/// <summary>Reads rows of <c>audit_events</c> from the result of a query, which may have other columns after them.</summary>
internal static class AuditRowReader
{
    /// <summary>The columns of <c>audit_events AS e</c> that a query selects, before all others.</summary>
    public static readonly string Columns = $"e.row_id, {string.Join(", ", AuditEventRow.Columns.Select(column => $"e.{column.Name}"))}";

    /// <summary>The number of these columns, and so the index of the query's first other column.</summary>
    public static readonly int Count = AuditEventRow.Columns.Length + 1;

    /// <summary>The rows of a query.</summary>
    public static Task<List<AuditEventRow>> ReadAsync(LoggingConnection connection, SqlQuery query, CancellationToken cancellationToken) =>
        connection.ReadAsync(query, row => Of(row, connection.Dialect), cancellationToken);

    /// <summary>Converts the reader's current row.</summary>
    public static AuditEventRow Of(DbDataReader row, SqlDialect dialect)
    {
        var read = new AuditEventRow(journalId: 0, seq: 0) { RowId = row.GetInt64(0) };
        var columns = AuditEventRow.Columns;
        for (var i = 0; i < columns.Length; i++) columns[i].Read(read, row, i + 1, dialect);
        return read;
    }
}
