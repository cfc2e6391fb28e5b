using System.Collections.Concurrent;
using System.Globalization;
using Zotify.Logging.Database;

namespace Zotify.Logging.Instances;

/// <summary>
/// Finds the job types that should run every so often and did not. Reads the tables, so a restart changes nothing. Remembers when each type
/// last logged something, and asks the database again only when that is too long ago. A time that is ahead of the reader's clock counts as
/// the moment at which this process first read it: after a restart it counts anew. Thread-safe.
/// </summary>
internal sealed class ExpectedJobs
{
    // A type that never ran has the smallest time, so that the search through all jobs is not repeated.
    private readonly ConcurrentDictionary<JobPattern, LastJob> _last = new();

    private readonly AheadTimes _oldest = new();

    /// <summary>Finds the types that are overdue at a time.</summary>
    public async Task<IReadOnlyList<OverdueType>> FindAsync(
        LoggingConnection connection, JobRules rules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var overdue = new List<OverdueType>();
        foreach (var (pattern, every) in rules.ExpectedEvery.All)
        {
            var due = now.UtcDateTime - every;
            var last = await LastAsync(connection, pattern, due, now.UtcDateTime, cancellationToken).ConfigureAwait(false);
            if (last.At > due) continue;
            var since = last.Exists ? last.At : await OldestAsync(connection, now.UtcDateTime, cancellationToken).ConfigureAwait(false);
            if (since is { } start && start <= due)
                overdue.Add(new OverdueType(pattern.ToString(), every, last.Exists ? last.Written : null, start + every));
        }

        return overdue;
    }

    private async Task<LastJob> LastAsync(
        LoggingConnection connection, JobPattern pattern, DateTime due, DateTime now, CancellationToken cancellationToken)
    {
        var isFirst = !_last.TryGetValue(pattern, out var known);
        // The reader's clock was set back since.
        if (known.At > now) known = known with { At = now };
        if (known.At <= due)
        {
            var found = await FindAsync(connection, pattern, known, due, now, cancellationToken).ConfigureAwait(false);
            if (found is null && isFirst)
                found = await FindAsync(connection, pattern, known, after: null, now, cancellationToken).ConfigureAwait(false);
            known = found ?? known;
        }

        return _last[pattern] = known;
    }

    /// <summary>
    /// Finds the last job of a type after a time; <see langword="null"/> where nothing came. Only a job that was not read before counts if
    /// its time is ahead, or has more entries now.
    /// </summary>
    private static async Task<LastJob?> FindAsync(
        LoggingConnection connection, JobPattern pattern, LastJob known, DateTime? after, DateTime now, CancellationToken cancellationToken)
    {
        var filter = new SqlFilter(connection.Dialect);
        if (after is { } time) filter.Require($"j.last_at > {filter.Value(time)}");
        filter.Require($"j.last_at <= {filter.Value(now)}");
        if (known.Ahead != default) filter.Require($"j.last_at <> {filter.Value(known.Ahead)}");
        if (await NewestAsync(connection, pattern, filter, cancellationToken).ConfigureAwait(false) is { } last)
            return known with { At = last.LastAt, Written = last.LastAt };
        var ofAhead = new SqlFilter(connection.Dialect);
        ofAhead.Require($"j.last_at > {ofAhead.Value(now)}");
        return await NewestAsync(connection, pattern, ofAhead, cancellationToken).ConfigureAwait(false) is { } ahead
            && ahead != (known.Ahead, known.AheadEntries)
            ? new LastJob(now, ahead.LastAt, ahead.LastAt, ahead.Entries)
            : null;
    }

    private static async Task<(DateTime LastAt, long Entries)?> NewestAsync(
        LoggingConnection connection, JobPattern pattern, SqlFilter filter, CancellationToken cancellationToken)
    {
        filter.Require(pattern.Condition("j.job_type", connection.Dialect, filter));
        var query = connection.Dialect.Take($"j.last_at, j.entries FROM jobs AS j {filter.Where}", "j.last_at DESC", "1");
        var found = await connection.ReadAsync(
            SqlQuery.Raw(query, filter.Parameters),
            row => (LastAt: connection.Dialect.ReadTime(row, 0), Entries: Convert.ToInt64(row.GetValue(1), CultureInfo.InvariantCulture)),
            cancellationToken).ConfigureAwait(false);
        return found is [var last] ? last : null;
    }

    /// <summary>The oldest time in the tables: a type without a job has been missing at least since then.</summary>
    private async Task<DateTime?> OldestAsync(LoggingConnection connection, DateTime now, CancellationToken cancellationToken)
    {
        var found = await connection.ReadAsync(
            $"SELECT MIN(first_at) FROM jobs UNION ALL SELECT MIN(started_at) FROM instances",
            row => row.IsDBNull(0) ? (DateTime?)null : connection.Dialect.ReadTime(row, 0), cancellationToken).ConfigureAwait(false);
        return found.Min() is { } oldest ? _oldest.Bound("", oldest, now) : null;
    }
}
