using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Provider.Database;
using Zotify.Logging.Provider.Queries.Jobs;

namespace Zotify.Logging.Provider.Queries.Live;

/// <summary>
/// Compares the journals' cursors with what they were, and tells who follows what lies between. Keeps its connection from look
/// to look. Used by one thread at a time.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="time">The clock.</param>
/// <param name="askForEndedEvery">How often to ask which of the jobs have ended.</param>
/// <param name="jobs">The jobs that are followed.</param>
/// <param name="tellAll">Tells who follows everything.</param>
internal sealed class JournalLook(LoggingDatabase database, TimeProvider time, TimeSpan askForEndedEvery, FollowedJobs jobs, Action tellAll)
{
    /// <summary>Beyond so many new lines of a journal it does not ask whose they are.</summary>
    private const long MostLines = 10_000;

    private LoggingDbContext? _context;
    private Dictionary<long, long>? _known;
    private long _askedForEnded = time.GetTimestamp();

    /// <summary>Looks; whether something has moved.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (_context is not null && database.IsReplaced(_context)) await CloseAsync().ConfigureAwait(false);
        _context ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
        var cursors = await _context.Journals.AsNoTracking().Select(row => new { row.Id, row.Seq })
            .ToDictionaryAsync(row => row.Id, row => row.Seq, cancellationToken).ConfigureAwait(false);
        var before = _known;
        var moved = cursors.Where(cursor => cursor.Value != before?.GetValueOrDefault(cursor.Key)).ToList();
        if (!jobs.IsEmpty) await TellJobsAsync(_context, before, moved, cancellationToken).ConfigureAwait(false);
        // Only now: what failed before is looked at again.
        _known = cursors;
        if (moved.Count > 0 || before is null) tellAll();
        return moved.Count > 0;
    }

    /// <summary>Closes the connection; the next look opens another one.</summary>
    public async ValueTask CloseAsync()
    {
        if (_context is not null) await _context.DisposeAsync().ConfigureAwait(false);
        _context = null;
    }

    private async Task<LoggingDbContext> OpenAsync(CancellationToken cancellationToken)
    {
        // It may be another database now, whose numbers mean nothing beside the former's.
        _known = null;
        return await database.OpenForReadingAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task TellJobsAsync(
        LoggingDbContext context, Dictionary<long, long>? before, List<KeyValuePair<long, long>> moved, CancellationToken cancellationToken)
    {
        if (before is null || moved.Any(cursor => cursor.Value - before.GetValueOrDefault(cursor.Key) is < 0 or > MostLines))
        {
            jobs.TellAll();
        }
        else
        {
            foreach (var (journal, end) in moved)
            {
                var start = before.GetValueOrDefault(journal);
                var ids = context.JobLogs.Where(row => row.JournalId == journal && row.Seq > start && row.Seq <= end).Select(row => row.JobId).Distinct();
                jobs.Tell(await ids.ToListAsync(cancellationToken).ConfigureAwait(false));
            }
        }

        if (time.GetElapsedTime(_askedForEnded) < askForEndedEvery) return;
        _askedForEnded = time.GetTimestamp();
        jobs.Tell(await JobWatch.EndedAsync(context, database.Dialect, jobs.Json(), cancellationToken).ConfigureAwait(false));
    }
}
