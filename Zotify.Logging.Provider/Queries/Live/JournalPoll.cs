using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// One poll of the journals' checkpoints. It compares them with the poll before, and notifies the subscribers of the lines in between.
/// Keeps its connection from poll to poll. Used by one thread at a time.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="jobs">The jobs that have subscribers.</param>
/// <param name="notifyAll">Notifies the subscribers of all journals.</param>
internal sealed class JournalPoll(LoggingDatabase database, SubscribedJobs jobs, Action notifyAll)
{
    /// <summary>
    /// If a journal has more new lines than this, all subscribers are notified instead of those of the jobs in these lines.
    /// </summary>
    private const long MostLines = 10_000;

    private LoggingConnection? _connection;
    private Dictionary<long, long>? _known;

    /// <summary>Polls once. Returns whether a checkpoint has moved.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (_connection is not null && database.IsReplaced(_connection)) await CloseAsync().ConfigureAwait(false);
        _connection ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
        var checkpoints = await JournalRowReader.ReadSeqsAsync(_connection, cancellationToken).ConfigureAwait(false);
        var before = _known;
        var moved = checkpoints.Where(checkpoint => checkpoint.Value != before?.GetValueOrDefault(checkpoint.Key)).ToList();
        if (!jobs.IsEmpty) await NotifyJobsAsync(_connection, before, moved, cancellationToken).ConfigureAwait(false);
        // Set only now: if the poll failed before this line, the next poll repeats it.
        _known = checkpoints;
        if (moved.Count > 0 || before is null) notifyAll();
        return moved.Count > 0;
    }

    /// <summary>Closes the connection; the next poll opens another one.</summary>
    public async ValueTask CloseAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync().ConfigureAwait(false);
        _connection = null;
    }

    private async Task<LoggingConnection> OpenAsync(CancellationToken cancellationToken)
    {
        // It may be another database now, whose numbers cannot be compared with those of the earlier one.
        _known = null;
        return await database.OpenForReadingAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task NotifyJobsAsync(
        LoggingConnection connection,
        Dictionary<long, long>? before,
        List<KeyValuePair<long, long>> moved,
        CancellationToken cancellationToken)
    {
        if (before is null || moved.Any(checkpoint => checkpoint.Value - before.GetValueOrDefault(checkpoint.Key) is < 0 or > MostLines))
        {
            jobs.NotifyAll();
            return;
        }

        foreach (var (journal, end) in moved)
        {
            var start = before.GetValueOrDefault(journal);
            jobs.Notify(await connection.ReadAsync(
                $"SELECT DISTINCT l.job_id FROM job_logs AS l WHERE l.journal_id = {journal} AND l.seq > {start} AND l.seq <= {end}",
                row => row.GetString(0), cancellationToken).ConfigureAwait(false));
        }
    }
}
