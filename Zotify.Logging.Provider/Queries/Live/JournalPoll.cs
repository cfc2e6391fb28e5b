using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Compares the journals' cursors with what they were, and tells who follows what lies between. Keeps its connection from look
/// to look. Used by one thread at a time.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="time">The clock.</param>
/// <param name="askForEndedEvery">How often to ask which of the jobs have ended.</param>
/// <param name="jobs">The jobs that are followed.</param>
/// <param name="tellAll">Tells who follows everything.</param>
internal sealed class JournalPoll(LoggingDatabase database, TimeProvider time, TimeSpan askForEndedEvery, SubscribedJobs jobs, Action tellAll)
{
    /// <summary>Beyond so many new lines of a journal it does not ask whose they are.</summary>
    private const long MostLines = 10_000;

    private LoggingConnection? _connection;
    private Dictionary<long, long>? _known;
    private long _askedForEnded = time.GetTimestamp();

    /// <summary>Looks; whether something has moved.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (_connection is not null && database.IsReplaced(_connection)) await CloseAsync().ConfigureAwait(false);
        _connection ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
        var cursors = await JournalRowReader.ReadSeqsAsync(_connection, cancellationToken).ConfigureAwait(false);
        var before = _known;
        var moved = cursors.Where(cursor => cursor.Value != before?.GetValueOrDefault(cursor.Key)).ToList();
        if (!jobs.IsEmpty) await TellJobsAsync(_connection, before, moved, cancellationToken).ConfigureAwait(false);
        // Only now: what failed before is looked at again.
        _known = cursors;
        if (moved.Count > 0 || before is null) tellAll();
        return moved.Count > 0;
    }

    /// <summary>Closes the connection; the next look opens another one.</summary>
    public async ValueTask CloseAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync().ConfigureAwait(false);
        _connection = null;
    }

    private async Task<LoggingConnection> OpenAsync(CancellationToken cancellationToken)
    {
        // It may be another database now, whose numbers mean nothing beside the former's.
        _known = null;
        return await database.OpenForReadingAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task TellJobsAsync(
        LoggingConnection connection, Dictionary<long, long>? before, List<KeyValuePair<long, long>> moved, CancellationToken cancellationToken)
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
                jobs.Tell(await connection.ReadAsync(
                    $"SELECT DISTINCT l.job_id FROM job_logs AS l WHERE l.journal_id = {journal} AND l.seq > {start} AND l.seq <= {end}",
                    row => row.GetString(0), cancellationToken).ConfigureAwait(false));
            }
        }

        if (time.GetElapsedTime(_askedForEnded) < askForEndedEvery) return;
        _askedForEnded = time.GetTimestamp();
        jobs.Tell(await EndedJobsQuery.ReadAsync(connection, jobs.Json(), cancellationToken).ConfigureAwait(false));
    }
}
