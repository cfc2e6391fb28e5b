using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Zotify.Logging.Provider.Database.Entities;
using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Provider.Database.Projection;

/// <summary>
/// Carries a journal into the database, in the background. The cursor moves in the transaction of its rows: every line
/// arrives exactly once, in order, whatever crashes. The database may be away for any time; the journal waits.
/// </summary>
/// <param name="journal">The journal.</param>
/// <param name="database">The database.</param>
/// <param name="projection">Makes the rows.</param>
/// <param name="instance">The name of this writer.</param>
/// <param name="time">The clock of the waits between attempts.</param>
/// <param name="report">Takes failures.</param>
internal sealed class Projector(
    IJournal journal, LoggingDatabase database, IProjection projection, string instance, TimeProvider time, Action<string, Exception?> report) : IAsyncDisposable
{
    private const int BatchSize = 2_000;

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource _advanced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _loop = Task.CompletedTask;
    private long _projected;
    private volatile Exception? _lastError;

    /// <summary>The number of the last line in the database.</summary>
    public long ProjectedSeq => Interlocked.Read(ref _projected);

    /// <summary>Why lines do not reach the database at the moment; <see langword="null"/> while they do.</summary>
    public Exception? LastError => _lastError;

    /// <summary>Starts the background loop.</summary>
    public void Start()
    {
        var heldAtStart = journal.DurableSeq;
        // The loop must not keep the scopes and the activity of whoever started it.
        using (ExecutionContext.SuppressFlow()) _loop = Task.Run(() => RunAsync(heldAtStart));
    }

    /// <summary>Returns when the line of this number is in the database.</summary>
    public async Task CatchUpAsync(long seq, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task advanced;
            lock (_gate)
            {
                if (_projected >= seq) return;
                advanced = _advanced.Task;
            }

            await advanced.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the loop; what is not projected yet, the next start projects.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync(long heldAtStart)
    {
        var recovered = false;
        var truncated = false;
        for (var attempt = 1; !_stop.IsCancellationRequested; attempt++)
        {
            try
            {
                if (truncated) journal.Renew();
                truncated = false;
                await database.MigrateAsync(_stop.Token).ConfigureAwait(false);
                // After any failure the database says how far it is: a commit may have succeeded without its answer.
                var row = await FindRowAsync().ConfigureAwait(false);
                Advance(row.Seq);
                while (true)
                {
                    if (!recovered && row.Seq >= heldAtStart)
                    {
                        await RecoveredAsync().ConfigureAwait(false);
                        recovered = true;
                    }

                    var lines = Read(row, recovered ? long.MaxValue : heldAtStart);
                    if (lines.Count > 0) await ProjectAsync(row, lines).ConfigureAwait(false);
                    else if (!recovered) heldAtStart = row.Seq; // Nothing up to there has a number any more.
                    else await journal.WaitDurableAsync(row.Seq, _stop.Token).ConfigureAwait(false);
                    _lastError = null;
                    attempt = 0;
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (JournalTruncatedException exception)
            {
                report("the journal is truncated: the database knows lines that are not there any more; what follows is projected as a new journal", exception);
                truncated = true;
            }
            catch (CursorMovedException)
            {
                // Another process projects the same journal: go on from where it is.
            }
            catch (Exception exception)
            {
                _lastError = exception;
                report("the database cannot be written; the journal keeps the records", exception);
                await WaitAsync(attempt).ConfigureAwait(false);
            }
        }
    }

    private IReadOnlyList<JournalLine> Read(JournalRow row, long upTo)
    {
        var lines = journal.Read(new JournalCursor(row.Seq, row.Hash, row.Segment, row.Offset), BatchSize);
        return lines.Count == 0 || lines[^1].Seq <= upTo ? lines : [.. lines.Where(line => line.Seq <= upTo)];
    }

    private async Task<JournalRow> FindRowAsync()
    {
        var id = journal.Id;
        using var turn = await database.Engine.EnterWriteAsync(_stop.Token).ConfigureAwait(false);
        var context = database.Engine.CreateContext();
        await using (context.ConfigureAwait(false))
        {
            var row = await context.Journals.AsNoTracking().SingleOrDefaultAsync(j => j.Journal == id, _stop.Token).ConfigureAwait(false);
            if (row is not null) return row;
            var start = Place();
            row = new JournalRow
            {
                Journal = id, Instance = instance, Name = journal.FileName,
                Seq = start.Seq, Hash = start.LineHash, Segment = start.Segment, Offset = start.Offset,
            };
            context.Add(row);
            await context.SaveChangesAsync(_stop.Token).ConfigureAwait(false);
            return row;
        }
    }

    /// <summary>
    /// Where a journal that the database does not know begins: at its first line, or where it was found truncated in this
    /// run, after the last line that the database may have.
    /// </summary>
    private JournalCursor Place()
    {
        var known = ProjectedSeq;
        var place = JournalCursor.Start;
        while (place.Seq < known)
        {
            var last = journal.Read(place, BatchSize).LastOrDefault(line => line.Seq <= known);
            if (last.Seq == 0) break;
            place = last.ToCursor();
        }

        return place;
    }

    private async Task ProjectAsync(JournalRow row, IReadOnlyList<JournalLine> lines)
    {
        var cursor = lines[^1].ToCursor();
        var old = row.Seq;
        await InTransactionAsync(async (context, transaction) =>
        {
            var target = new ProjectionTarget(database.Engine, context, transaction.GetDbTransaction(), row.Id, report);
            await projection.ApplyAsync(target, lines, _stop.Token).ConfigureAwait(false);
            var moved = await context.Journals.Where(j => j.Id == row.Id && j.Seq == old).ExecuteUpdateAsync(
                set => set.SetProperty(j => j.Seq, cursor.Seq).SetProperty(j => j.Hash, cursor.LineHash)
                    .SetProperty(j => j.Segment, cursor.Segment).SetProperty(j => j.Offset, cursor.Offset),
                _stop.Token).ConfigureAwait(false);
            if (moved == 0) throw new CursorMovedException();
        }).ConfigureAwait(false);

        (row.Seq, row.Hash, row.Segment, row.Offset) = (cursor.Seq, cursor.LineHash, cursor.Segment, cursor.Offset);
        Advance(cursor.Seq);
    }

    private Task RecoveredAsync() => InTransactionAsync((context, _) => projection.RecoveredAsync(context, _stop.Token));

    private async Task InTransactionAsync(Func<LoggingDbContext, IDbContextTransaction, Task> work)
    {
        using var turn = await database.Engine.EnterWriteAsync(_stop.Token).ConfigureAwait(false);
        var context = database.Engine.CreateContext();
        await using (context.ConfigureAwait(false))
        {
            var transaction = await context.Database.BeginTransactionAsync(_stop.Token).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                await work(context, transaction).ConfigureAwait(false);
                await transaction.CommitAsync(_stop.Token).ConfigureAwait(false);
            }
        }
    }

    private void Advance(long seq)
    {
        lock (_gate)
        {
            if (seq == _projected) return;
            Interlocked.Exchange(ref _projected, seq);
            var done = _advanced;
            _advanced = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            done.SetResult();
        }
    }

    private async Task WaitAsync(int attempt)
    {
        try
        {
            await Task.Delay(RetrySchedule.After(attempt), time, _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopping: the loop's condition ends it.
        }
    }
}
