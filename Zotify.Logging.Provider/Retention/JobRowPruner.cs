using Zotify.Logging.Database;

namespace Zotify.Logging.Retention;

/// <summary>Deletes old rows from the tables of jobs, of all writers.</summary>
internal sealed class JobRowPruner(RetentionSession session)
{
    /// <summary>
    /// The times of the oldest and the newest among the entries, and the last entries of jobs, before <paramref name="time"/>;
    /// <see langword="null"/> where there is none.
    /// </summary>
    public async Task<(DateTime Oldest, DateTime Newest)?> SpanBeforeAsync(DateTime time, CancellationToken cancellationToken)
    {
        var found = await session.Connection.ReadAsync(
            $"""
            SELECT MIN(oldest), MAX(newest) FROM (
              SELECT MIN(timestamp) AS oldest, MAX(timestamp) AS newest FROM job_logs WHERE timestamp < {time}
              UNION ALL
              SELECT MIN(last_at), MAX(last_at) FROM jobs WHERE last_at < {time}) AS spans
            """,
            row => row.SpanOrNull(session.Connection.Dialect), cancellationToken).ConfigureAwait(false);
        return found.SingleOrDefault();
    }

    /// <summary>
    /// Deletes the entries before <paramref name="time"/>, and the jobs whose last entry was before it. A job that continues keeps its row,
    /// with the numbers of all entries that it ever had.
    /// </summary>
    public async Task DeleteBeforeAsync(DateTime time, CancellationToken cancellationToken)
    {
        await session.DeleteAsync(() => DeleteEntriesAsync(time, cancellationToken), cancellationToken).ConfigureAwait(false);
        await session.DeleteAsync(() => DeleteJobsAsync(time, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> DeleteEntriesAsync(DateTime time, CancellationToken cancellationToken)
    {
        var connection = session.Connection;
        var filter = new SqlFilter(connection.Dialect);
        var old = connection.Dialect.Take(
            $"timestamp FROM job_logs WHERE timestamp < {filter.Value(time)}", "timestamp", filter.Value(RetentionSession.ChunkSize));
        var times = await connection.ReadAsync(
            SqlQuery.Raw(old, filter.Parameters), row => connection.Dialect.ReadTime(row, 0), cancellationToken).ConfigureAwait(false);
        if (times.Count == 0) return false;
        // A range of the index. Entries of the same time are deleted together.
        await connection.ExecuteAsync($"DELETE FROM job_logs WHERE timestamp <= {times[^1]}", cancellationToken).ConfigureAwait(false);
        return times.Count == RetentionSession.ChunkSize;
    }

    private async Task<bool> DeleteJobsAsync(DateTime time, CancellationToken cancellationToken)
    {
        var connection = session.Connection;
        var filter = new SqlFilter(connection.Dialect);
        var old = connection.Dialect.Take(
            $"job_id FROM jobs WHERE last_at < {filter.Value(time)}", "job_id", filter.Value(RetentionSession.ChunkSize));
        var ids = await connection.ReadAsync(
            SqlQuery.Raw(old, filter.Parameters), row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        if (ids.Count == 0) return false;
        // Check the time again: another instance may have added to one of the jobs.
        filter = new SqlFilter(connection.Dialect);
        filter.Require($"last_at < {filter.Value(time)}");
        filter.Require(connection.Dialect.InJson("job_id", filter.Value(SqlJson.Of(ids))));
        await connection.ExecuteAsync(
            SqlQuery.Raw($"DELETE FROM jobs {filter.Where}", filter.Parameters), cancellationToken).ConfigureAwait(false);
        return ids.Count == RetentionSession.ChunkSize;
    }
}
