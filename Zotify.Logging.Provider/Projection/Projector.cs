using System.Diagnostics;
using Zotify.Logging.Common;
using Zotify.Logging.Database;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>
/// Copies a journal into the database, each line exactly once and in order, however often either side fails: the checkpoint
/// moves in the rows' transaction. One loop of its own; the members may be called from any thread.
/// </summary>
/// <param name="journal">The journal; the lines that it has by now are those of earlier runs.</param>
/// <param name="database">The database; it may be down for as long as it likes.</param>
/// <param name="projection">What the lines become.</param>
/// <param name="rejected">Where lines go that nothing can be made of, or that the database refuses.</param>
/// <param name="instance">The name of this process, for the table of journals.</param>
/// <param name="time">The clock of the waits after failures.</param>
/// <param name="report">Takes what somebody should know: failures, each time; a journal that has another id now.</param>
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
    // Conflicts over rows and lost connections pass. They are reported only once they do not.
    private const int QuietFailures = 3;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    // A transaction costs as much as many rows, and takes processor and disk from those who log: lines that come one by one are
    // gathered, unless somebody waits for them. The first after a pause wait less.
    private static readonly TimeSpan LeastRest = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan TransactionEvery = TimeSpan.FromMilliseconds(100);

    private readonly ProjectionProgress _progress = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Exception? _lastError;
    private volatile bool _opened;
    private volatile bool _wasConnected;
    private Task _loop = Task.CompletedTask;

    // Only the loop's own.
    private readonly JournalIdentifier _identifier = new(journal, projection, rejected, instance, report);
    private readonly ProjectionSource _source = new(journal);
    private bool _settled;
    private int _failures;
    private long _applied;

    /// <summary>The number of the last line that is in the database; 0 where there is none, or the database was not reached yet.</summary>
    public long ProjectedSeq => _progress.Seq;

    /// <summary>How many lines this process has set aside: they are not in the database, and hold up nobody.</summary>
    public long Rejected => rejected.Count;

    /// <summary>Why nothing is projected at the moment; <see langword="null"/> when all is well.</summary>
    public Exception? LastError => _lastError;

    /// <summary>Whether it has a connection. A failure of what it does there changes nothing; a new connection that fails does.</summary>
    public bool IsConnected => _opened;

    /// <summary>Whether it ever had one.</summary>
    public bool WasConnected => _wasConnected;

    /// <summary>Completes when the database was reached, its tables being of this version, or could not be.</summary>
    public Task Tried => _tried.Task;

    /// <summary>Begins to project, in the background. Call once.</summary>
    public void Start()
    {
        // The loop outlives its caller: it must not keep the caller's scopes and activity.
        using (ExecutionContext.SuppressFlow())
        {
            _loop = Task.Run(RunAsync);
        }
    }

    /// <summary>Returns when the line <paramref name="seq"/> and all before it are in the database.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, or the projector was stopped before.</exception>
    public Task CatchUpAsync(long seq, CancellationToken cancellationToken) => _progress.WaitAsync(seq, cancellationToken);

    /// <summary>
    /// Ends the loop; its transaction is committed or rolled back. The next start projects what is left. May be called again.
    /// </summary>
    /// <exception cref="OperationCanceledException">The loop did not end before it was cancelled; it still will.</exception>
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
                // The journal keeps what was not projected.
            }
            // Whatever failed: the journal waits, and the next session asks the database how far it came.
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
            // A database that has less than what earlier runs wrote is a new one, or an older one that was restored: it gets what the
            // files still have, and what the earlier runs left open is open again.
            if (session.IsNew || session.Checkpoint.Seq < _identifier.LastOfEarlierRuns) _settled = false;
            _tried.TrySetResult();
            while (true)
            {
                var lines = _source.Read(session.Checkpoint);
                // Before those are woken who wait for the lines: they may ask whether all is well.
                if (_settled && lines.Count == 0) Succeeded();
                // Only once the journal is known to hold the line of the checkpoint.
                _progress.MoveTo(session.Checkpoint.Seq);
                if (!_settled)
                {
                    if (session.Checkpoint.Seq >= _identifier.LastOfEarlierRuns)
                    {
                        _settled = await session.SettleEarlierRunsAsync(_identifier.LastOfEarlierRuns, stopping).ConfigureAwait(false);
                        continue;
                    }

                    lines = [.. lines.TakeWhile(line => line.Seq <= _identifier.LastOfEarlierRuns)];
                }

                if (lines.Count == 0)
                {
                    await WaitAsync(session, stopping).ConfigureAwait(false);
                }
                else if (await ApplyAsync(session, lines, stopping).ConfigureAwait(false))
                {
                    _applied = Stopwatch.GetTimestamp();
                    Succeeded();
                    _progress.MoveTo(session.Checkpoint.Seq);
                }
            }
        }
    }

    private async Task<bool> ApplyAsync(ProjectionSession session, IReadOnlyList<JournalLine> lines, CancellationToken stopping)
    {
        try
        {
            return await session.ApplyAsync(lines, stopping).ConfigureAwait(false);
        }
        catch (Exception exception) when (database.IsRefusal(exception))
        {
            if (lines.Count == 1) return await session.SetAsideAsync(lines[0], exception, stopping).ConfigureAwait(false);
            _source.Halve(lines);
            return false;
        }
    }

    /// <summary>
    /// Waits for the next line, and checks meanwhile that the database is still there: its readers wait for that line, too.
    /// </summary>
    private async Task WaitAsync(ProjectionSession session, CancellationToken stopping)
    {
        var appended = journal.WaitDurableAsync(session.Checkpoint.Seq, stopping);
        while (true)
        {
            try
            {
                await appended.WaitAsync(LookEvery, time, stopping).ConfigureAwait(false);
                var left = TransactionEvery - Stopwatch.GetElapsedTime(_applied);
                await _progress.RestAsync(left > LeastRest ? left : LeastRest, stopping).ConfigureAwait(false);
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
        // A line at the checkpoint that is gone or another one is reported by who finds out what that means: the next session.
        var passes = !isPermanent && _opened && _failures <= QuietFailures && (exception is JournalTruncatedException || database.IsTransient(exception));
        if (!passes) Report(exception, isPermanent, delay);
        _tried.TrySetResult();
        await Task.Delay(delay, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Report(Exception exception, bool isPermanent, TimeSpan delay)
    {
        _lastError = exception;
        var until = isPermanent ? "before somebody mends this" : "now";
        report(
            $"The journal {journal.FileName} cannot be projected {until}; it waits, and is tried again in {delay.TotalSeconds:0.0} s.",
            exception);
    }
}
