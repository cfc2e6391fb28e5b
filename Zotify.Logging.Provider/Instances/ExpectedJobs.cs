using System.Collections.Concurrent;
using Zotify.Logging.Database;

namespace Zotify.Logging.Instances;

/// <summary>
/// Finds the job types that should run every so often and did not. Reads the tables, so a restart changes nothing. Remembers when each type
/// last logged something, and asks the database again only when that is too long ago. Thread-safe.
/// </summary>
internal sealed class ExpectedJobs
{
    // A type that never ran has the smallest time, so that the search through all jobs is not repeated.
    private readonly ConcurrentDictionary<JobPattern, DateTime> _last = new();

    /// <summary>Finds the types that are overdue at a time.</summary>
    public async Task<IReadOnlyList<OverdueType>> FindAsync(
        LoggingConnection connection, JobRules rules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var overdue = new List<OverdueType>();
        foreach (var (pattern, every) in rules.ExpectedEvery.All)
        {
            var due = now.UtcDateTime - every;
            if (_last.TryGetValue(pattern, out var known) && known > due) continue;
            var last = await LastAsync(connection, pattern, due, cancellationToken).ConfigureAwait(false);
            if (last is null && known == default && !_last.ContainsKey(pattern))
                last = await LastAsync(connection, pattern, after: null, cancellationToken).ConfigureAwait(false);
            var lastAt = _last.AddOrUpdate(pattern, last ?? default, (_, before) => last > before ? last.Value : before);
            if (lastAt > due) continue;
            var since = lastAt == default ? await OldestAsync(connection, cancellationToken).ConfigureAwait(false) : lastAt;
            if (since is { } start && start <= due)
                overdue.Add(new OverdueType(pattern.ToString(), every, lastAt == default ? null : lastAt, start + every));
        }

        return overdue;
    }

    private static async Task<DateTime?> LastAsync(
        LoggingConnection connection, JobPattern pattern, DateTime? after, CancellationToken cancellationToken)
    {
        var filter = new SqlFilter(connection.Dialect);
        if (after is { } time) filter.Require($"j.last_at > {filter.Value(time)}");
        filter.Require(pattern.Condition("j.job_type", connection.Dialect, filter));
        var query = connection.Dialect.Take($"j.last_at FROM jobs AS j {filter.Where}", "j.last_at DESC", "1");
        var found = await connection.ReadAsync(
            SqlQuery.Raw(query, filter.Parameters), row => connection.Dialect.ReadTime(row, 0), cancellationToken).ConfigureAwait(false);
        return found is [var last] ? last : null;
    }

    /// <summary>The oldest time in the tables: a type without a job has been missing at least since then.</summary>
    private static async Task<DateTime?> OldestAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        var found = await connection.ReadAsync(
            $"SELECT MIN(first_at) FROM jobs UNION ALL SELECT MIN(started_at) FROM instances",
            row => row.IsDBNull(0) ? (DateTime?)null : connection.Dialect.ReadTime(row, 0), cancellationToken).ConfigureAwait(false);
        return found.Min();
    }
}
