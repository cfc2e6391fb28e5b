using Zotify.Logging.Database;

namespace Zotify.Logging.Instances;

/// <summary>Finds stalled jobs.</summary>
internal static class StalledJobs
{
    /// <summary>Reads the jobs that are stalled, of any instance, those without an entry for the longest time first.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="states">Which are stalled.</param>
    /// <param name="most">The most jobs.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task<List<JobRow>> ReadAsync(
        LoggingConnection connection, StalledStates states, int most, CancellationToken cancellationToken)
    {
        var filter = new SqlFilter(connection.Dialect);
        filter.Require($"j.status = {filter.Value(JobStatus.Running)}");
        filter.Require(states.Condition(filter, connection.Dialect, "j"));
        // From the instances, so that the index of instance and status finds the few jobs that run.
        var jobs = $"{JobRowReader.Columns}\nFROM instances AS i JOIN jobs AS j ON j.instance = i.instance\n{filter.Where}";
        var query = connection.Dialect.Take(jobs, "j.last_at, j.job_id", filter.Count(most));
        return JobRowReader.ReadAsync(connection, SqlQuery.Raw(query, filter.Parameters), cancellationToken);
    }
}
