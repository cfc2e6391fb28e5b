using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Provider.Database.Projection;

/// <summary>
/// Copies a journal into the database, each line exactly once and in order, however often either side fails: the cursor
/// moves in the rows' transaction. One loop of its own; the members may be called from any thread.
/// </summary>
/// <param name="journal">The journal.</param>
/// <param name="database">The database; it may be down for as long as it likes.</param>
/// <param name="projection">What the lines become.</param>
/// <param name="instance">The name of this process, for the table of journals.</param>
/// <param name="time">The clock of the waits after failures.</param>
/// <param name="report">Takes what somebody should know: failures, each time; a truncated journal; lines that nothing can be made of.</param>
internal sealed class Projector(
    IJournal journal, LoggingDatabase database, IProjection projection, string instance, TimeProvider time, Action<string, Exception?> report)
    : IAsyncDisposable
{
    private const int LinesAtOnce = 2_000;

    private readonly ProjectionProgress _progress = new();
    private readonly CancellationTokenSource _stop = new();
    private volatile Exception? _lastError;
    private Task _loop = Task.CompletedTask;

    // Only the loop's own.
    private JournalCursor _first = JournalCursor.Start;
    private long _lastOfEarlierRuns;
    private bool _found;
    private bool _settled;
    private int _failures;

    /// <summary>The number of the last line that is in the database; 0 where there is none, or the database was not reached yet.</summary>
    public long ProjectedSeq => _progress.Seq;

    /// <summary>Why nothing is projected at the moment; <see langword="null"/> when all is well.</summary>
    public Exception? LastError => _lastError;

    /// <summary>Begins to project, in the background. Lines that the journal has by now are those of earlier runs. Call once.</summary>
    public void Start()
    {
        _lastOfEarlierRuns = journal.DurableSeq;
        // The loop outlives its caller: it must not keep the caller's scopes and activity.
        using (ExecutionContext.SuppressFlow())
        {
            _loop = Task.Run(RunAsync);
        }
    }

    /// <summary>Returns when the line <paramref name="seq"/> and all before it are in the database.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, or the projector was stopped before.</exception>
    public Task CatchUpAsync(long seq, CancellationToken cancellationToken) => _progress.WaitAsync(seq, cancellationToken);

    /// <summary>Ends the loop; a transaction that it is at is finished or undone. What is left, the next start projects. May be called again.</summary>
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
    }

    private async Task ProjectAsync(CancellationToken stopping)
    {
        var session = await ProjectionSession.OpenAsync(database, projection, journal, instance, _first, stopping).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            while (true)
            {
                var lines = ReadNext(session.Cursor);
                // Not before the journal was seen to hold the line that the cursor stands on.
                _progress.MoveTo(session.Cursor.Seq);
                if (!_settled)
                {
                    if (session.Cursor.Seq >= _lastOfEarlierRuns)
                    {
                        _settled = await session.SettleEarlierRunsAsync(_lastOfEarlierRuns, stopping).ConfigureAwait(false);
                        continue;
                    }

                    lines = [.. lines.TakeWhile(line => line.Seq <= _lastOfEarlierRuns)];
                }

                if (lines.Count == 0)
                {
                    Succeeded();
                    await journal.WaitDurableAsync(session.Cursor.Seq, stopping).ConfigureAwait(false);
                }
                else if (await session.ApplyAsync(lines, stopping).ConfigureAwait(false) is { } rejected)
                {
                    Succeeded();
                    _progress.MoveTo(session.Cursor.Seq);
                    ReportRejected(rejected);
                }
            }
        }
    }

    private IReadOnlyList<JournalLine> ReadNext(JournalCursor cursor)
    {
        try
        {
            var lines = journal.Read(cursor, LinesAtOnce);
            _found = true;
            return lines;
        }
        catch (JournalTruncatedException)
        {
            // What the database has stays there under the old id; what follows in the file comes under a new one. Whatever its
            // number, a line of this run is in no database yet, unless the journal was cut while this projector was at it.
            _first = JournalPlace.LastUpTo(journal, _found ? cursor.Seq : Math.Min(cursor.Seq, _lastOfEarlierRuns));
            journal.Renew();
            throw;
        }
    }

    private void Succeeded()
    {
        _failures = 0;
        _lastError = null;
    }

    private async Task BackOffAsync(Exception exception, CancellationToken stopping)
    {
        // What EF Core wraps around the engine's own message says nothing.
        if (exception is DbUpdateException { InnerException: { } cause }) exception = cause;
        _lastError = exception;
        var delay = RetrySchedule.After(++_failures);
        report(
            exception is JournalTruncatedException
                ? $"The journal {journal.FileName} is truncated: it does not hold what the database has of it. What follows is projected as a new journal."
                : $"The journal {journal.FileName} cannot be projected now; it waits, and is tried again in {delay.TotalSeconds:0.0} s.",
            exception);
        await Task.Delay(delay, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void ReportRejected(IReadOnlyList<RejectedLine> rejected)
    {
        foreach (var (line, reason) in rejected)
        {
            report($"Line {line.Seq} of the journal {journal.FileName} cannot be read, and is in the file alone.", reason);
        }
    }
}
