using System.Diagnostics;
using Zotify.Logging.Common;
using Zotify.Logging.Database;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>
/// Copies a journal to the database, each line exactly once and in order, however often either side fails: the checkpoint moves in the
/// rows' transaction. Runs a loop in the background. Thread-safe.
/// </summary>
/// <param name="journal">The journal. The lines that it already has are those of earlier runs.</param>
/// <param name="database">The database. It may be down for any time.</param>
/// <param name="projection">Converts the lines to rows.</param>
/// <param name="rejected">Keeps lines that cannot be read, or that the database refuses.</param>
/// <param name="instance">The name of this process, for the table of journals.</param>
/// <param name="time">The clock of the waits after failures.</param>
/// <param name="report">Reports failures, each time, and that a journal got another id.</param>
internal sealed class Projector(
    IJournal journal,
    LoggingDatabase database,
    IProjection projection,
    RejectedJournal rejected,
    string instance,
    TimeProvider time,
    Action<string, Exception?> report)
    : IAsyncDisposable
{
    // Conflicts over rows and lost connections are mostly short. They are reported only when they last.
    private const int QuietFailures = 3;
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(30);

    // A transaction costs as much as many rows. So the projector lingers to gather lines that come one by one, unless a caller waits.
    private static readonly TimeSpan LeastLinger = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan TransactionInterval = TimeSpan.FromMilliseconds(100);

    private readonly ProjectionProgress _progress = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Exception? _lastError;
    private volatile bool _opened;
    private volatile bool _wasConnected;
    private Task _loop = Task.CompletedTask;

    // Used only by the loop.
    private readonly JournalIdentifier _identifier = new(journal, projection, rejected, instance, report);
    private readonly ProjectionSource _source = new(journal, database.TransactionRows);
    private readonly IdleWork _idleWork = new(database, report);
    private bool _settled;
    private int _failures;
    private long _applied;

    /// <summary>The number of the last line that is in the database; 0 where there is none, or the database was not reached yet.</summary>
    public long ProjectedSeq => _progress.Seq;

    /// <summary>How many lines this process has set aside. They are not in the database, and delay no other line.</summary>
    public long Rejected => rejected.Count;

    /// <summary>Why nothing is projected at the moment; <see langword="null"/> where nothing is wrong.</summary>
    public Exception? LastError => _lastError;

    /// <summary>Whether the last connection could be opened. A failure on an open connection changes nothing.</summary>
    public bool IsConnected => _opened;

    /// <summary>Whether any connection could be opened.</summary>
    public bool WasConnected => _wasConnected;

    /// <summary>Completes after the first attempt: the database was reached and has tables of this version, or it failed.</summary>
    public Task Tried => _tried.Task;

    /// <summary>Begins to project, in the background. Call once.</summary>
    public void Start()
    {
        // The loop outlives its caller: it must not keep the caller's scopes and activity.
        using (ExecutionContext.SuppressFlow()) _loop = Task.Run(RunAsync);
    }

    /// <summary>Whether <see cref="CatchUpAsync"/> would return at once.</summary>
    public bool HasReached(long seq) => _progress.HasReached(seq);

    /// <summary>
    /// Returns when the line <paramref name="seq"/> and all before it are in the database, and the jobs that earlier runs left open are
    /// settled: the caller may stop the projector then.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled, or the projector was stopped before.</exception>
    public Task CatchUpAsync(long seq, CancellationToken cancellationToken) => _progress.WaitAsync(seq, cancellationToken);

    /// <summary>Ends the loop; its transaction is committed or rolled back. The next start projects the rest. Callable again.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled before the loop ended. It still ends.</exception>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!_stop.IsCancellationRequested) await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.WaitAsync(cancellationToken).ConfigureAwait(false);
        _progress.End();
    }

    /// <summary>Ends the loop, as <see cref="StopAsync"/> does. May be called again.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var stopping = _stop.Token;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await ProjectAsync(stopping).ConfigureAwait(false);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                // The journal keeps the lines that were not projected.
            }
            // Any failure: the journal waits, and the next session reads the checkpoint from the database.
#pragma warning disable CA1031
            catch (Exception exception)
#pragma warning restore CA1031
            {
                await BackOffAsync(exception, stopping).ConfigureAwait(false);
            }
        }

        _tried.TrySetResult();
    }

    private async Task ProjectAsync(CancellationToken stopping)
    {
        _opened = false;
        var session = await ProjectionSession.OpenAsync(database, projection, rejected, journal, _identifier, stopping)
            .ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            _opened = _wasConnected = true;
            if (database.TakeAdvice() is { } advice) report(advice, null);
            // A database that has less than the earlier runs wrote is new, or was restored from an older state. It gets the lines that the
            // files still have, so the jobs that the earlier runs left open must be settled again.
            if (session.IsNew || session.Checkpoint.Seq < _identifier.LastOfEarlierRuns) _settled = false;
            _tried.TrySetResult();
            try
            {
                await ProjectAsync(session, stopping).ConfigureAwait(false);
            }
            finally
            {
                await _source.EndAheadAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task ProjectAsync(ProjectionSession session, CancellationToken stopping)
    {
        for (var hasWork = true; ;)
        {
            // The lines of earlier runs come first, then what these runs left open is settled.
            var through = _settled ? long.MaxValue : _identifier.LastOfEarlierRuns;
            var lines = await _source.ReadAsync(session, through).ConfigureAwait(false);
            // Before waking callers that wait for the lines: they may read LastError.
            if (_settled && lines.Lines.Count == 0) Succeeded();
            // Only after the read has shown that the journal holds the line at the checkpoint.
            _progress.MoveTo(session.Checkpoint.Seq, _settled);
            if (!_settled && session.Checkpoint.Seq >= through)
                _settled = await session.SettleEarlierRunsAsync(through, stopping).ConfigureAwait(false);
            else if (lines.Lines.Count == 0)
            {
                hasWork = hasWork && await _idleWork.RunAsync(session, stopping).ConfigureAwait(false);
                if (!hasWork) await WaitAsync(session, stopping).ConfigureAwait(false);
            }
            else
            {
                _source.ReadAhead(session, lines.Lines, through);
                var (start, awaitedCommits) = (Stopwatch.GetTimestamp(), journal.AwaitedCommits);
                if (!await ApplyAsync(session, lines, stopping).ConfigureAwait(false)) continue;
                _applied = Stopwatch.GetTimestamp();
                Succeeded();
                _progress.MoveTo(session.Checkpoint.Seq, _settled);
                var pause = ProjectionPause.After(
                    Stopwatch.GetElapsedTime(start, _applied), callersWaited: journal.AwaitedCommits > awaitedCommits);
                await _progress.LingerAsync(pause, stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> ApplyAsync(ProjectionSession session, ParsedLines parsed, CancellationToken stopping)
    {
        try
        {
            return await session.ApplyAsync(parsed, stopping).ConfigureAwait(false);
        }
        catch (Exception exception) when (database.IsRefusal(exception))
        {
            var lines = parsed.Lines;
            if (lines.Count == 1) return await session.SetAsideAsync(lines[0], exception, stopping).ConfigureAwait(false);
            _source.Halve(lines);
            return false;
        }
    }

    /// <summary>
    /// Waits for the next line. Meanwhile checks that the database is still there: otherwise its readers would wait for that line, too.
    /// </summary>
    private async Task WaitAsync(ProjectionSession session, CancellationToken stopping)
    {
        var appended = journal.WaitDurableAsync(session.Checkpoint.Seq, stopping);
        while (true)
        {
            try
            {
                await appended.WaitAsync(CheckInterval, time, stopping).ConfigureAwait(false);
                var left = TransactionInterval - Stopwatch.GetElapsedTime(_applied);
                await _progress.LingerAsync(left > LeastLinger ? left : LeastLinger, stopping).ConfigureAwait(false);
                return;
            }
            catch (TimeoutException)
            {
                session.EnsureCurrent();
            }
        }
    }

    private void Succeeded()
    {
        _failures = 0;
        _lastError = null;
    }

    private async Task BackOffAsync(Exception exception, CancellationToken stopping)
    {
        var isPermanent = database.IsPermanent(exception);
        var delay = isPermanent ? RetrySchedule.Permanent : RetrySchedule.After(++_failures);
        // A line at the checkpoint that is gone or another one is not reported here: the next session finds out why, and reports that.
        var passes = !isPermanent && _opened && _failures <= QuietFailures
            && (exception is JournalTruncatedException || database.IsTransient(exception));
        if (!passes) Report(exception, isPermanent, delay);
        _tried.TrySetResult();
        await Task.Delay(delay, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Report(Exception exception, bool isPermanent, TimeSpan delay)
    {
        var until = isPermanent ? "until somebody fixes this" : "now";
        report(
            $"The journal {journal.FileName} cannot be projected {until}; it waits, and is retried in {delay.TotalSeconds:0.0} s.",
            exception);
        // Whoever sees the failure finds it reported.
        _lastError = exception;
    }
}
