using System.Data.Common;

namespace Zotify.Logging.Database;

/// <summary>Reads rows of <c>jobs</c> from the result of a query.</summary>
internal static class JobRowReader
{
    /// <summary>The columns of <c>jobs AS j</c> that a query selects.</summary>
    public const string Columns =
        """
        j.job_id, j.job_type, j.status, j.instance, j.progress_done, j.progress_total, j.progress_at, j.entries, j.warnings, j.errors,
          j.first_at, j.last_at, j.ended_at, j.last_message
        """;

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

    private static JobRow Of(DbDataReader row, SqlDialect dialect) => new()
    {
        JobId = row.GetString(0),
        JobType = row.TextOrNull(1),
        Status = row.GetString(2),
        Instance = row.GetString(3),
        ProgressDone = row.NumberOrNull(4),
        ProgressTotal = row.NumberOrNull(5),
        ProgressAt = row.IsDBNull(6) ? null : dialect.ReadTime(row, 6),
        Entries = row.GetInt64(7),
        Warnings = row.GetInt64(8),
        Errors = row.GetInt64(9),
        FirstAt = dialect.ReadTime(row, 10),
        LastAt = dialect.ReadTime(row, 11),
        EndedAt = row.IsDBNull(12) ? null : dialect.ReadTime(row, 12),
        LastMessage = row.TextOrNull(13),
    };
}
