using Zotify.Logging.Database;

namespace Zotify.Logging.Instances;

/// <summary>
/// Ends the running jobs of instances that have not been seen for long. Every instance tries it, and one of them succeeds.
/// </summary>
/// <param name="database">The database.</param>
internal sealed class JobAbandonment(LoggingDatabase database)
{
    private const int MostFound = 1_000;

    // This instance's next beat comes after them, and must not be late.
    private const int MostAtOnce = 100;

    /// <summary>Ends up to 100 of the jobs, each in a transaction of its own.</summary>
    /// <param name="connection">The connection, outside of a transaction.</param>
    /// <param name="instances">The names of the instances.</param>
    /// <param name="before">They were seen last before this time, in UTC.</param>
    /// <param name="now">The present time, in UTC.</param>
    /// <param name="ended">
    /// Gets each job that this call ended, also where a later one fails. No other call, here or on another instance, gets them.
    /// </param>
    /// <param name="cancellationToken">Ends it; what was ended stays ended.</param>
    public async Task RunAsync(
        LoggingConnection connection,
        IReadOnlySet<string> instances,
        DateTime before,
        DateTime now,
        ICollection<AbandonedJob> ended,
        CancellationToken cancellationToken)
    {
        if (instances.Count == 0) return;
        try
        {
            var jobs = await FindAsync(connection, before, cancellationToken).ConfigureAwait(false);
            foreach (var job in jobs.Where(job => instances.Contains(job.Instance)).Take(MostAtOnce))
            {
                using var turn = await database.EnterWriteAsync(cancellationToken).ConfigureAwait(false);
                // Compared again in the statement: meanwhile the instance was seen, an entry ended the job, or somebody else was faster.
                var changed = await connection.ExecuteAsync(
                    $"""
                    UPDATE jobs SET status = {JobStatus.Interrupted}, ended_at = {now}
                    WHERE job_id = {job.JobId} AND instance = {job.Instance} AND status = {JobStatus.Running} AND last_at < {now}
                      AND EXISTS (SELECT 1 FROM instances AS i WHERE i.instance = jobs.instance AND i.seen_at < {before})
                    """,
                    cancellationToken).ConfigureAwait(false);
                if (changed > 0) ended.Add(job);
            }
        }
        finally
        {
            if (ended.Count > 0) database.Commits.Set();
        }
    }

    private static Task<List<AbandonedJob>> FindAsync(LoggingConnection connection, DateTime before, CancellationToken cancellationToken)
    {
        var filter = new SqlFilter(connection.Dialect);
        filter.Require($"i.seen_at < {filter.Value(before)}");
        filter.Require($"j.status = {filter.Value(JobStatus.Running)}");
        var jobs = "j.job_id, j.job_type, j.instance, i.seen_at\nFROM instances AS i JOIN jobs AS j ON j.instance = i.instance";
        var query = connection.Dialect.Take($"{jobs}\n{filter.Where}", "j.job_id", filter.Count(MostFound));
        return connection.ReadAsync(
            SqlQuery.Raw(query, filter.Parameters),
            row => new AbandonedJob(
                row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetString(2), connection.Dialect.ReadTime(row, 3)),
            cancellationToken);
    }
}
