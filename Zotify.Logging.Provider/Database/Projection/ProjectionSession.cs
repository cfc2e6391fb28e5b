using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Provider.Database.Entities;
using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Provider.Database.Projection;

/// <summary>
/// One connection's worth of projecting. It ends with the first failure: whether the last transaction was committed is
/// then unknown, and the next session reads it from the database. Used by one thread at a time.
/// </summary>
internal sealed class ProjectionSession : IAsyncDisposable
{
    private readonly LoggingDatabase _database;
    private readonly IProjection _projection;
    private readonly LoggingDbContext _context;
    private readonly Guid _journal;
    private long _journalId;

    private ProjectionSession(LoggingDatabase database, IProjection projection, LoggingDbContext context, Guid journal)
    {
        _database = database;
        _projection = projection;
        _context = context;
        _journal = journal;
    }

    /// <summary>The place up to which the database has the journal.</summary>
    public JournalCursor Cursor { get; private set; }

    /// <summary>Opens the database, migrates it, and finds the journal's cursor; a journal that it does not know begins at <paramref name="first"/>.</summary>
    public static async Task<ProjectionSession> OpenAsync(
        LoggingDatabase database, IProjection projection, IJournal journal, string instance, JournalCursor first, CancellationToken cancellationToken)
    {
        var context = await database.OpenForWritingAsync(cancellationToken).ConfigureAwait(false);
        var session = new ProjectionSession(database, projection, context, journal.Id);
        try
        {
            using (await database.EnterWriteAsync(cancellationToken).ConfigureAwait(false))
            {
                if (!await session.ReadCursorAsync(cancellationToken).ConfigureAwait(false))
                {
                    await session.AddJournalAsync(instance, journal.FileName, first, cancellationToken).ConfigureAwait(false);
                }
            }

            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Writes the lines and moves the cursor behind them, both or neither.</summary>
    /// <returns>The lines that were set aside; <see langword="null"/> where somebody else has projected from this cursor: it is read again.</returns>
    public async Task<IReadOnlyList<RejectedLine>?> ApplyAsync(IReadOnlyList<JournalLine> lines, CancellationToken cancellationToken)
    {
        var batch = new ProjectionBatch(_database, _context, _journalId, lines);
        var next = lines[^1].ToCursor();
        var mine = await FromCursorAsync(() => _projection.ApplyAsync(batch, cancellationToken), next, cancellationToken).ConfigureAwait(false);
        return mine ? batch.Rejected : null;
    }

    /// <inheritdoc cref="IProjection.SettleEarlierRunsAsync"/>
    /// <returns>Whether it is done; not, where somebody else has projected from this cursor: it is read again.</returns>
    public Task<bool> SettleEarlierRunsAsync(long lastSeq, CancellationToken cancellationToken) =>
        FromCursorAsync(
            () => _projection.SettleEarlierRunsAsync(_context, _journalId, lastSeq, cancellationToken), Cursor, cancellationToken);

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private async Task<bool> FromCursorAsync(Func<Task> write, JournalCursor next, CancellationToken cancellationToken)
    {
        try
        {
            using (await _database.EnterWriteAsync(cancellationToken).ConfigureAwait(false))
            {
                var transaction = await _context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    // First of all, so that work that somebody else did is not done again only to be undone.
                    if (await MoveCursorAsync(next, cancellationToken).ConfigureAwait(false))
                    {
                        await write().ConfigureAwait(false);
                        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                        Cursor = next;
                        return true;
                    }
                }
            }
        }
        finally
        {
            _context.ChangeTracker.Clear();
        }

        if (await ReadCursorAsync(cancellationToken).ConfigureAwait(false)) return false;
        throw new InvalidOperationException("The database does not know the journal any more: it was replaced.");
    }

    private async Task<bool> MoveCursorAsync(JournalCursor next, CancellationToken cancellationToken)
    {
        var (id, old) = (_journalId, Cursor.Seq);
        var moved = await _context.Journals.Where(row => row.Id == id && row.Seq == old).ExecuteUpdateAsync(
            row => row
                .SetProperty(r => r.Seq, next.Seq)
                .SetProperty(r => r.Hash, next.LineHash)
                .SetProperty(r => r.Segment, next.Segment)
                .SetProperty(r => r.Offset, next.Offset),
            cancellationToken).ConfigureAwait(false);
        return moved == 1;
    }

    private async Task<bool> ReadCursorAsync(CancellationToken cancellationToken)
    {
        var row = await _context.Journals.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Journal == _journal, cancellationToken).ConfigureAwait(false);
        if (row is null) return false;
        _journalId = row.Id;
        Cursor = new JournalCursor(row.Seq, row.Hash, row.Segment, row.Offset);
        return true;
    }

    private async Task AddJournalAsync(string instance, string name, JournalCursor first, CancellationToken cancellationToken)
    {
        var row = new JournalRow
        {
            Journal = _journal,
            Instance = ColumnText.Fit(instance, ColumnLengths.Instance),
            Name = ColumnText.Fit(name, ColumnLengths.Name),
            Seq = first.Seq,
            Hash = first.LineHash,
            Segment = first.Segment,
            Offset = first.Offset,
        };
        _context.Journals.Add(row);
        await _context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        _context.ChangeTracker.Clear();
        _journalId = row.Id;
        Cursor = first;
    }
}
