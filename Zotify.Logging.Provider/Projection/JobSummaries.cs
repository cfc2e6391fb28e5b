using Zotify.Logging.Database;

namespace Zotify.Logging.Projection;

/// <summary>
/// Writes the rows of <c>jobs</c> for a batch of entries: one statement of each kind, however many jobs there are.
/// </summary>
internal static class JobSummaries
{
    private const string Before = "entries_before";

    private static readonly RowColumn<JobRow>[] Changing = [.. SqlTables.Jobs.Columns.Where(column => column.Name != "job_id")];

    /// <summary>Updates jobs. Their number of entries is the version of the row, because every entry raises it.</summary>
    /// <param name="connection">The connection, in its transaction.</param>
    /// <param name="jobs">The jobs.</param>
    /// <param name="before">How many entries each had when it was read.</param>
    /// <param name="cancellationToken">Rolls it back.</param>
    /// <exception cref="RowChangedException">
    /// Another instance added to a job at the same time. The caller starts over, so that the other's entries are not lost.
    /// </exception>
    public static async Task UpdateAsync(
        LoggingConnection connection, List<JobRow> jobs, Dictionary<string, long> before, CancellationToken cancellationToken)
    {
        if (jobs.Count == 0) return;
        // Only written, so it sets nothing.
        var versions = RowColumn<JobRow>.Int64(Before, job => before[job.JobId], (_, _) => { });
        RowColumn<JobRow>[] columns = [.. SqlTables.Jobs.Columns, versions];
        var update =
            $"""
            UPDATE jobs SET {string.Join(", ", Changing.Select(column => $"{column.Name} = r.{column.Name}"))}
            FROM {connection.Dialect.JsonRows("@rows", columns)} AS r
            WHERE jobs.job_id = r.job_id AND jobs.entries = r.{Before}
            """;
        if (await connection.ExecuteAsync(
            Of(update, connection.Dialect, jobs, columns), cancellationToken).ConfigureAwait(false) != jobs.Count)
            throw new RowChangedException("Another instance added to one of the jobs at the same time.");
    }

    /// <summary>Inserts jobs that have no rows yet.</summary>
    public static Task AddAsync(LoggingConnection connection, List<JobRow> jobs, CancellationToken cancellationToken)
    {
        if (jobs.Count == 0) return Task.CompletedTask;
        var (columns, names) = (SqlTables.Jobs.Columns, SqlTables.Jobs.Names);
        var add = $"INSERT INTO jobs ({names})\nSELECT {names} FROM {connection.Dialect.JsonRows("@rows", columns)} AS r";
        return connection.ExecuteAsync(Of(add, connection.Dialect, jobs, columns), cancellationToken);
    }

    private static SqlQuery Of(string text, SqlDialect dialect, List<JobRow> jobs, RowColumn<JobRow>[] columns)
    {
        var rows = jobs.ConvertAll(
            job => columns.ToDictionary(column => column.Name, column => column.Value(job) is { } value ? dialect.Stored(value) : null));
        return SqlQuery.Raw(text, dialect.Parameter("@rows", SqlJson.Of(rows)));
    }
}
