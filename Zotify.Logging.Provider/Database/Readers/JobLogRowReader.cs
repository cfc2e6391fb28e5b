using System.Data.Common;

namespace Zotify.Logging.Database;

/// <summary>Reads rows of <c>job_logs</c> from the result of a query.</summary>
internal static class JobLogRowReader
{
    /// <summary>The columns of <c>job_logs AS l</c> that a query selects.</summary>
    public static readonly string Columns = $"l.id, {string.Join(", ", JobLogRow.Columns.Select(column => $"l.{column.Name}"))}";

    /// <summary>The rows of a query.</summary>
    public static Task<List<JobLogRow>> ReadAsync(LoggingConnection connection, SqlQuery query, CancellationToken cancellationToken) =>
        connection.ReadAsync(query, row => Of(row, connection.Dialect), cancellationToken);

    /// <summary>Converts the reader's current row.</summary>
    public static JobLogRow Of(DbDataReader row, SqlDialect dialect)
    {
        var read = new JobLogRow(journalId: 0, seq: 0) { Id = row.GetInt64(0) };
        var columns = JobLogRow.Columns;
        for (var i = 0; i < columns.Length; i++) columns[i].Read(read, row, i + 1, dialect);
        return read;
    }
}
