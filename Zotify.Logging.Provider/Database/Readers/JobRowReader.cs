using System.Data.Common;

namespace Zotify.Logging.Database;

/// <summary>Reads rows of <c>jobs</c> from the result of a query.</summary>
internal static class JobRowReader
{
    /// <summary>The columns of <c>jobs AS j</c> that a query selects.</summary>
    public static readonly string Columns = string.Join(", ", JobRow.Columns.Select(column => $"j.{column.Name}"));

    /// <summary>The row of a job, by its id in the table; <see langword="null"/> where there is none.</summary>
    public static async Task<JobRow?> FindAsync(LoggingConnection connection, string id, CancellationToken cancellationToken)
    {
        var filter = new SqlFilter(connection.Dialect);
        var query = SqlQuery.Raw($"SELECT {Columns}\nFROM jobs AS j\nWHERE j.job_id = {filter.Value(id)}", filter.Parameters);
        return (await ReadAsync(connection, query, cancellationToken).ConfigureAwait(false)).SingleOrDefault();
    }

    /// <summary>The rows of a query.</summary>
    public static Task<List<JobRow>> ReadAsync(LoggingConnection connection, SqlQuery query, CancellationToken cancellationToken) =>
        connection.ReadAsync(query, row => Of(row, connection.Dialect), cancellationToken);

    /// <summary>Converts the reader's current row.</summary>
    public static JobRow Of(DbDataReader row, SqlDialect dialect)
    {
        var read = new JobRow(jobId: "");
        var columns = JobRow.Columns;
        for (var i = 0; i < columns.Length; i++) columns[i].Read(read, row, i, dialect);
        return read;
    }
}
