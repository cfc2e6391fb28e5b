using Zotify.Logging.Database;

namespace Zotify.Logging.Retention;

/// <summary>Deletes old rows from the tables of jobs, of all writers.</summary>
internal sealed class JobRowPruner(RetentionSession session)
{
    /// <summary>
    /// The times of the oldest and the newest among the entries, the last entries of jobs, and the last sights of instances, before
    /// <paramref name="time"/>; <see langword="null"/> where there is none.
    /// </summary>
    public async Task<(DateTime Oldest, DateTime Newest)?> SpanBeforeAsync(DateTime time, CancellationToken cancellationToken)
    {
        var found = await session.Connection.ReadAsync(
            $"""
            SELECT MIN(oldest), MAX(newest) FROM (
              SELECT MIN(timestamp) AS oldest, MAX(timestamp) AS newest FROM job_logs WHERE timestamp < {time}
              UNION ALL
              SELECT MIN(last_at), MAX(last_at) FROM jobs WHERE last_at < {time}
              UNION ALL
              SELECT MIN(seen_at), MAX(seen_at) FROM instances WHERE seen_at < {time}) AS spans
            """,
            row => row.SpanOrNull(session.Connection.Dialect), cancellationToken).ConfigureAwait(false);
        return found.SingleOrDefault();
    }

    /// <summary>
    /// Deletes the entries before <paramref name="time"/>, the jobs whose last entry was before it, and the instances that were seen last
    /// before it. A job that continues keeps its row, with the numbers of all entries that it ever had.
    /// </summary>
    public async Task DeleteBeforeAsync(DateTime time, CancellationToken cancellationToken)
    {
        await DeleteBeforeAsync("job_logs", ["journal_id", "seq"], "timestamp", time, cancellationToken).ConfigureAwait(false);
        await DeleteBeforeAsync("jobs", ["job_id"], "last_at", time, cancellationToken).ConfigureAwait(false);
        // After its jobs. One that still runs is seen every 10 seconds.
        await DeleteBeforeAsync("instances", ["instance"], "seen_at", time, cancellationToken).ConfigureAwait(false);
    }

    // By an index of the column. No row comes to this process.
    private Task DeleteBeforeAsync(
        string table, IReadOnlyList<string> key, string column, DateTime time, CancellationToken cancellationToken) => session.DeleteAsync(
        async () =>
        {
            var connection = session.Connection;
            var filter = new SqlFilter(connection.Dialect);
            var delete = connection.Dialect.DeleteOldest(
                table, key, column, filter.Value(time), filter.Count(RetentionSession.ChunkSize));
            var deleted = await connection.ExecuteAsync(
                SqlQuery.Raw(delete, filter.Parameters), cancellationToken).ConfigureAwait(false);
            return deleted == RetentionSession.ChunkSize;
        },
        cancellationToken);
}
