using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Reads which jobs have ended: the query that streams and <c>/wait</c> share. It reads the database, because another instance may run the
/// job.
/// </summary>
internal static class EndedJobsQuery
{
    /// <summary>Reads which of the jobs, a JSON array of ids, are no longer running.</summary>
    public static Task<List<string>> ReadAsync(LoggingConnection connection, string ids, CancellationToken cancellationToken)
    {
        var filter = new SqlFilter(connection.Dialect);
        filter.Require(connection.Dialect.InJson("j.job_id", filter.Value(ids)));
        filter.Require($"j.status <> {filter.Value(JobStatus.Running)}");
        var ended = SqlQuery.Raw($"SELECT j.job_id FROM jobs AS j {filter.Where}", filter.Parameters);
        return connection.ReadAsync(ended, row => row.GetString(0), cancellationToken);
    }
}
