using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>The query that streams and waiting callers share: which jobs are over. A job may be another instance's, so the database answers.</summary>
internal static class EndedJobs
{
    /// <summary>Reads which of the jobs, a JSON array of ids, are no longer running.</summary>
    public static Task<List<string>> ReadAsync(LoggingConnection connection, string ids, CancellationToken cancellationToken)
    {
        var filter = new SqlFilter(connection.Dialect);
        filter.Require(connection.Dialect.InJson("j.job_id", filter.Value(ids)));
        filter.Require($"j.status <> {filter.Value(JobStatus.Running)}");
        return connection.ReadAsync(SqlQuery.Raw($"SELECT j.job_id FROM jobs AS j {filter.Where}", filter.Parameters), row => row.GetString(0), cancellationToken);
    }
}
