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
        var end = await old.OrderBy(entry => entry.Timestamp).Skip(RetentionSession.ChunkSize - 1).Select(entry => (DateTime?)entry.Timestamp)
            .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        // A range of the index; entries of one moment go together.
        var chunk = end is { } last ? old.Where(entry => entry.Timestamp <= last) : old;
        await chunk.ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        return end is not null;
    }

    private async Task<bool> DeleteJobsAsync(DateTime time, CancellationToken cancellationToken)
    {
        var ids = await session.Context.Jobs.Where(job => job.LastAt < time).Take(RetentionSession.ChunkSize).Select(job => job.JobId)
            .ToArrayAsync(cancellationToken).ConfigureAwait(false);
        if (ids.Length == 0) return false;
        await session.Context.Jobs.Where(job => EF.Parameter(ids).Contains(job.JobId)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        return ids.Length == RetentionSession.ChunkSize;
    }
}
