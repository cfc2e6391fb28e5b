using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Zotify.Logging.Provider.Database.Retention;

/// <summary>Deletes what the tables of jobs need not keep any more, whoever wrote it.</summary>
internal sealed class JobRows(RetentionSession session)
{
    /// <summary>
    /// Deletes the entries from before <paramref name="time"/>, and the jobs that had their last entry before it. A job that
    /// goes on keeps its row, with the numbers of all entries that it ever had.
    /// </summary>
    public async Task DeleteBeforeAsync(DateTime time, CancellationToken cancellationToken)
    {
        await session.DeleteAsync(() => DeleteEntriesAsync(time, cancellationToken), cancellationToken).ConfigureAwait(false);
        await session.DeleteAsync(() => DeleteJobsAsync(time, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> DeleteEntriesAsync(DateTime time, CancellationToken cancellationToken)
    {
        var old = session.Context.JobLogs.Where(entry => entry.Timestamp < time);
        var times = await old.OrderBy(entry => entry.Timestamp).Take(RetentionSession.ChunkSize).Select(entry => entry.Timestamp)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        if (times.Count == 0) return false;
        var last = times[^1];
        // A range of the index; entries of one moment go together.
        await old.Where(entry => entry.Timestamp <= last).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        return times.Count == RetentionSession.ChunkSize;
    }

    private async Task<bool> DeleteJobsAsync(DateTime time, CancellationToken cancellationToken)
    {
        var ids = await session.Context.Jobs.Where(job => job.LastAt < time).Take(RetentionSession.ChunkSize).Select(job => job.JobId)
            .ToArrayAsync(cancellationToken).ConfigureAwait(false);
        if (ids.Length == 0) return false;
        // The time once more: another instance may have added to one of them.
        var gone = $"DELETE FROM jobs WHERE last_at < @time AND {session.Dialect.InJson("job_id", "@ids")}";
        await session.Context.Database.ExecuteSqlRawAsync(
            gone, [session.Dialect.Parameter("@time", time), session.Dialect.Parameter("@ids", JsonSerializer.Serialize(ids))], cancellationToken).ConfigureAwait(false);
        return ids.Length == RetentionSession.ChunkSize;
    }
}
