using Zotify.Logging.Database;

namespace Zotify.Logging.Instances;

/// <summary>
/// Reads which instances are gone and which running jobs are stalled. Remembers the times that are ahead of the reader's clock.
/// Thread-safe.
/// </summary>
internal sealed class StalledReader
{
    private readonly AheadTimes _instances = new();
    private readonly AheadTimes _jobs = new();

    /// <summary>The state of an instance at a time in UTC: one of those of <see cref="InstanceState"/>.</summary>
    public string StateOf(InstanceRow row, DateTime now) => InstanceState.Of(row, _instances.Bound(row.Instance, row.SeenAt, now), now);

    /// <summary>Reads which instances are gone, and which jobs are silent although their time is ahead.</summary>
    public async Task<StalledStates> ReadAsync(
        LoggingConnection connection, JobRules rules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var time = now.UtcDateTime;
        var unseen = await UnseenAsync(connection, time, cancellationToken).ConfigureAwait(false);
        var silent = await SilentAsync(connection, rules, time, cancellationToken).ConfigureAwait(false);
        return new StalledStates(unseen, silent, rules, time);
    }

    private async Task<List<string>> UnseenAsync(LoggingConnection connection, DateTime now, CancellationToken cancellationToken)
    {
        var before = InstanceState.UnseenBefore(now);
        var filter = new SqlFilter(connection.Dialect);
        var isAhead = AheadOrKnown(filter, connection.Dialect, "i.seen_at", "i.instance", _instances, now);
        filter.Require($"(i.seen_at < {filter.Value(before)} OR {isAhead})");
        var rows = await connection.ReadAsync(
            SqlQuery.Raw($"SELECT i.instance, i.seen_at FROM instances AS i\n{filter.Where}", filter.Parameters),
            row => (Instance: row.GetString(0), SeenAt: connection.Dialect.ReadTime(row, 1)), cancellationToken).ConfigureAwait(false);
        _instances.Keep(rows.Select(row => row.Instance).ToHashSet(StringComparer.Ordinal));
        return [.. rows.Where(row => _instances.Bound(row.Instance, row.SeenAt, now) < before).Select(row => row.Instance)];
    }

    /// <summary>The running jobs whose last time is or was ahead, and that logged nothing for too long since it was first read.</summary>
    private async Task<Dictionary<string, DateTime>> SilentAsync(
        LoggingConnection connection, JobRules rules, DateTime now, CancellationToken cancellationToken)
    {
        if (rules.SilentAfter.All.Count == 0) return [];
        var filter = new SqlFilter(connection.Dialect);
        filter.Require($"j.status = {filter.Value(JobStatus.Running)}");
        filter.Require(AheadOrKnown(filter, connection.Dialect, "j.last_at", "j.job_id", _jobs, now));
        // From the instances, so that the index of instance and status finds the few jobs that run.
        var jobs = $"{JobRowReader.Columns}\nFROM instances AS i JOIN jobs AS j ON j.instance = i.instance\n{filter.Where}";
        var query = connection.Dialect.Take(jobs, "j.last_at, j.job_id", filter.Count(JobWatch.MostStalled));
        var found = await JobRowReader.ReadAsync(
            connection, SqlQuery.Raw(query, filter.Parameters), cancellationToken).ConfigureAwait(false);
        _jobs.Keep(found.Select(job => job.JobId).ToHashSet(StringComparer.Ordinal));
        return found
            .Where(job => now - _jobs.Bound(job.JobId, job.LastAt, now, job.Entries) > rules.SilentAfter.Of(job.JobType))
            .ToDictionary(job => job.JobId, job => job.LastAt, StringComparer.Ordinal);
    }

    private static string AheadOrKnown(
        SqlFilter filter, SqlDialect dialect, string timeColumn, string keyColumn, AheadTimes times, DateTime now)
    {
        var isAhead = $"{timeColumn} > {filter.Value(now)}";
        return times.Keys is { Count: > 0 } keys
            ? $"({isAhead} OR {dialect.InJson(keyColumn, filter.Value(SqlJson.Of(keys)))})"
            : isAhead;
    }
}
