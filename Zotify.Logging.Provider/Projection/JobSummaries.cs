using System.Data.Common;
using Zotify.Logging.Database;

namespace Zotify.Logging.Projection;

/// <summary>
/// Writes the rows of <c>jobs</c> for a batch of entries: two statements, however many jobs there are.
/// </summary>
internal static class JobSummaries
{
    private const string Before = "entries_before";

    private static readonly RowColumn<JobRow>[] Changing = [.. SqlTables.Jobs.Columns.Where(column => column.Name != "job_id")];

    /// <summary>
    /// Updates jobs and inserts those that have no rows yet. The number of entries of a job is the version of its row,
    /// because every entry raises it.
    /// </summary>
    /// <param name="connection">The connection, in its transaction.</param>
    /// <param name="jobs">The jobs that have rows.</param>
    /// <param name="before">How many entries each had when it was read.</param>
    /// <param name="added">The jobs that have none.</param>
    /// <param name="cancellationToken">Rolls it back.</param>
    /// <exception cref="RowChangedException">
    /// Another instance added to a job at the same time. The caller starts over, so that the other's entries are not lost.
    /// </exception>
    public static async Task WriteAsync(
        LoggingConnection connection, List<JobRow> jobs, Dictionary<string, long> before, List<JobRow> added,
        CancellationToken cancellationToken)
    {
        foreach (var statement in Update(connection.Dialect, jobs, before).Concat(Insert(connection.Dialect, added)))
            await connection.ExecuteLaterAsync(statement, cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<SqlQuery> Update(SqlDialect dialect, List<JobRow> jobs, Dictionary<string, long> before)
    {
        if (jobs.Count == 0) yield break;
        // Only written, so it sets nothing.
        var versions = RowColumn<JobRow>.Int64(Before, job => before[job.JobId], (_, _) => { });
        RowColumn<JobRow>[] columns = [.. SqlTables.Jobs.Columns, versions];
        yield return SqlQuery.Raw(
            $"""
            UPDATE jobs SET {string.Join(", ", Changing.Select(column => $"{column.Name} = r.{column.Name}"))}
            FROM {dialect.JsonRows("@changed", columns)} AS r
            WHERE jobs.job_id = r.job_id AND jobs.entries = r.{Before}
            """,
            Rows("@changed", dialect, jobs, columns)) with { Expected = jobs.Count };
    }

    private static IEnumerable<SqlQuery> Insert(SqlDialect dialect, List<JobRow> jobs)
    {
        if (jobs.Count == 0) yield break;
        var (columns, names) = (SqlTables.Jobs.Columns, SqlTables.Jobs.Names);
        yield return SqlQuery.Raw(
            $"INSERT INTO jobs ({names})\nSELECT {names} FROM {dialect.JsonRows("@added", columns)} AS r",
            Rows("@added", dialect, jobs, columns)) with { Expected = jobs.Count };
    }

    private static DbParameter Rows(string name, SqlDialect dialect, List<JobRow> jobs, RowColumn<JobRow>[] columns) =>
        dialect.Parameter(name, SqlJson.Of(jobs.ConvertAll(
            job => columns.ToDictionary(column => column.Name, column => column.Value(job) is { } value ? dialect.Stored(value) : null))));
}
