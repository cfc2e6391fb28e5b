using System.Globalization;
using Zotify.Logging.Database;
using Zotify.Logging.Instances;

namespace Zotify.Logging.Queries;

/// <summary>Reads a page of the list of jobs, and counts its jobs by status.</summary>
/// <param name="connection">The connection.</param>
/// <param name="query">The query.</param>
/// <param name="states">Which jobs are stalled.</param>
/// <param name="most">How many jobs are compared at most, for the page and for the counts.</param>
internal sealed class JobListReader(LoggingConnection connection, JobListQuery query, StalledStates states, int most)
{
    private const int RowsAtOnce = 1_000;

    private readonly JobListMatcher _matcher = new(query, states);

    /// <summary>Reads the page.</summary>
    /// <returns>The jobs, where to go on, and whether it stopped before the page was full or the list ended.</returns>
    public async Task<(List<JobRow> Jobs, JobListCursor? Next, bool IsIncomplete)> ReadAsync(CancellationToken cancellationToken)
    {
        var jobs = new List<JobRow>();
        JobListCursor? cursor = query.Cursor is { } text ? JobListCursor.Decode(text, query.Order) : null;
        var (hasMore, compared) = (false, 0);
        // One more than the page has room for shows that there is another page.
        var atOnce = _matcher.IsEmpty ? query.Limit + 1 : Math.Max(query.Limit + 1, RowsAtOnce);
        for (var read = atOnce; read == atOnce && jobs.Count < query.Limit && compared < most; compared += read)
        {
            read = 0;
            await connection.ScanAsync(
                JobListSearch.Build(query, connection.Dialect, cursor, atOnce, states),
                columns =>
                {
                    var job = JobRowReader.Of(columns, connection.Dialect);
                    read++;
                    var isMatch = _matcher.Matches(job);
                    hasMore = isMatch && jobs.Count == query.Limit;
                    if (hasMore) return false;
                    if (isMatch) jobs.Add(job);
                    cursor = JobListCursor.Of(job, query.Order);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
            if (!hasMore && read < atOnce) return (jobs, null, false);
        }

        // After the last job of a full page, so that an equal query has an equal cursor.
        if (hasMore) cursor = JobListCursor.Of(jobs[^1], query.Order);
        return (jobs, cursor, jobs.Count < query.Limit);
    }

    /// <summary>Counts the jobs that match by status, whatever statuses the query has.</summary>
    /// <returns>The counts, and whether all jobs were counted.</returns>
    public async Task<(IReadOnlyDictionary<string, long> Totals, bool IsComplete)> CountAsync(CancellationToken cancellationToken)
    {
        var totals = JobStatus.Shown.ToDictionary(status => status, _ => 0L);
        if (_matcher.IsEmpty)
        {
            var counts = await connection.ReadAsync(
                JobListSearch.Totals(query, connection.Dialect, most, states),
                row => (Status: row.GetString(0), Count: Convert.ToInt64(row.GetValue(1), CultureInfo.InvariantCulture)),
                cancellationToken).ConfigureAwait(false);
            foreach (var (status, count) in counts) totals[status] = count;
            return (totals, counts.Sum(status => status.Count) < most);
        }

        var all = new JobListMatcher(query with { ExcludedStatuses = [] }, states);
        var compared = 0;
        await connection.ScanAsync(
            JobListSearch.Build(query with { Statuses = [], Order = JobListOrder.Began }, connection.Dialect, after: null, most, states),
            columns =>
            {
                var job = JobRowReader.Of(columns, connection.Dialect);
                compared++;
                if (all.Matches(job)) totals[states.StatusOf(job)] = totals.GetValueOrDefault(states.StatusOf(job)) + 1;
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return (totals, compared < most);
    }
}
