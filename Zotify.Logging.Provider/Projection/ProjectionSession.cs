using Zotify.Logging.Database;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>
/// Projects over one connection. It ends with the first failure other than a refused row. The last transaction may or may not have been
/// committed then, so the next session reads the checkpoint from the database. Used by one thread at a time.
/// </summary>
internal sealed class ProjectionSession : IAsyncDisposable
{
    private readonly LoggingDatabase _database;
    private readonly IProjection _projection;
    private readonly RejectedJournal _rejected;
    private readonly LoggingConnection _connection;
    private readonly IJournal _journal;
    private readonly JournalIdentifier _identifier;
    private readonly Guid _id;
    private readonly long _journalId;

    private ProjectionSession(
        LoggingDatabase database,
        IProjection projection,
        RejectedJournal rejected,
        LoggingConnection connection,
        IJournal journal,
        JournalIdentifier identifier,
        JournalRow row,
        bool isNew)
    {
        _database = database;
        _projection = projection;
        _rejected = rejected;
        _connection = connection;
        _journal = journal;
        _identifier = identifier;
        _id = row.Journal;
        _journalId = row.Id;
        Checkpoint = row.ToCheckpoint();
        IsNew = isNew;
    }

    /// <summary>Whether the database had no line of the journal before, under any id.</summary>
    public bool IsNew { get; }

    /// <summary>The checkpoint in the database, which is a line of the files.</summary>
    public JournalCheckpoint Checkpoint { get; private set; }

    /// <summary>Opens the database, migrates it, and finds the journal's row, or creates it.</summary>
    public static async Task<ProjectionSession> OpenAsync(
        LoggingDatabase database,
        IProjection projection,
        RejectedJournal rejected,
        IJournal journal,
        JournalIdentifier identifier,
        CancellationToken cancellationToken)
    {
        var connection = await database.OpenForWritingAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var (row, isNew) = await identifier.IdentifyAsync(database, connection, cancellationToken).ConfigureAwait(false);
            return new ProjectionSession(database, projection, rejected, connection, journal, identifier, row, isNew);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc cref="IProjection.Parse"/>
    public ParsedLines Parse(IReadOnlyList<JournalLine> lines) => _projection.Parse(lines, _journalId);

    /// <summary>Writes the lines and moves the checkpoint after them, both or neither. Sets lines aside that cannot be read.</summary>
    /// <returns>True when it is done. False where another process projected from the same checkpoint; then the checkpoint was read
    /// again.</returns>
    public Task<bool> ApplyAsync(ParsedLines lines, CancellationToken cancellationToken) =>
        CommitAsync(
            lines.Lines,
            batch =>
            {
                batch.Reject(lines.Rejected);
                return lines.WriteAsync(batch, cancellationToken);
            },
            cancellationToken);

    /// <summary>Sets the line aside and moves the checkpoint after it.</summary>
    /// <inheritdoc cref="ApplyAsync" path="/returns"/>
    public Task<bool> SetAsideAsync(JournalLine line, Exception reason, CancellationToken cancellationToken) => CommitAsync(
        [line],
        batch =>
        {
            batch.Reject(new RejectedLine(line, reason));
            return Task.CompletedTask;
        },
        cancellationToken);

    /// <inheritdoc cref="IProjection.SettleEarlierRunsAsync"/>
    /// <returns>True when it is done. False where another process projected from the same checkpoint; then the checkpoint was read
    /// again.</returns>
    public Task<bool> SettleEarlierRunsAsync(long lastSeq, CancellationToken cancellationToken) =>
        FromCheckpointAsync(
            async checkpoint =>
            {
                await checkpoint.RunAsync(cancellationToken).ConfigureAwait(false);
                await _projection.SettleEarlierRunsAsync(_connection, _journalId, lastSeq, cancellationToken).ConfigureAwait(false);
            },
            Checkpoint,
            cancellationToken);

    /// <summary>Does a piece of the work that may wait; returns false where there is none.</summary>
    public async Task<bool> WorkAsync(CancellationToken cancellationToken)
    {
        if (await _projection.FindWorkAsync(_connection, _journalId, cancellationToken).ConfigureAwait(false) is not { } work) return false;
        using (await _database.EnterWriteAsync(cancellationToken).ConfigureAwait(false))
        {
            await _connection.CommitAsync(
                async () =>
                {
                    await work().ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Throws where new connections would not open the database that this one writes to.</summary>
    /// <exception cref="InvalidOperationException">The database was replaced.</exception>
    public void EnsureCurrent()
    {
        if (_database.IsReplaced(_connection)) throw new InvalidOperationException("The database's file was deleted or replaced.");
    }

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private Task<bool> CommitAsync(
        IReadOnlyList<JournalLine> lines, Func<ProjectionBatch, Task> write, CancellationToken cancellationToken) =>
        FromCheckpointAsync(
            async checkpoint =>
            {
                var batch = new ProjectionBatch(_database, _connection, _journalId, lines, checkpoint);
                await write(batch).ConfigureAwait(false);
                // Where no row was written.
                await checkpoint.RunAsync(cancellationToken).ConfigureAwait(false);
                await _projection.CompleteAsync(batch, cancellationToken).ConfigureAwait(false);
                await _connection.SendLaterAsync(cancellationToken).ConfigureAwait(false);
                // On the disk before the checkpoint moves: then a line is in the database or set aside, whenever the process ends.
                _rejected.Add(_id, batch.Rejected);
            },
            lines[^1].ToCheckpoint(),
            cancellationToken);

    /// <summary>Writes in a transaction that moves the checkpoint before it writes anything else.</summary>
    private async Task<bool> FromCheckpointAsync(
        Func<CheckpointMove, Task> write, JournalCheckpoint next, CancellationToken cancellationToken)
    {
        try
        {
            using (await _database.EnterWriteAsync(cancellationToken).ConfigureAwait(false))
            {
                await _connection.CommitAsync(
                    async () =>
                    {
                        // Before the transaction locks the journal's row: the comparison may take long.
                        if (Checkpoint.Seq == 0 && next.Seq > 0) await EnsureFirstAsync(cancellationToken).ConfigureAwait(false);
                        await write(new CheckpointMove(_connection, Move(next))).ConfigureAwait(false);
                        EnsureCurrent();
                        return true;
                    },
                    cancellationToken,
                    inserts: true).ConfigureAwait(false);
                Checkpoint = next;
                _database.Commits.Set();
                return true;
            }
        }
        catch (CheckpointMovedException)
        {
            await ReadCheckpointAsync(cancellationToken).ConfigureAwait(false);
            return false;
        }
    }

    private async Task EnsureFirstAsync(CancellationToken cancellationToken)
    {
        if (await _identifier.IsProjectedUnderAnotherIdAsync(_database, _connection, _id, cancellationToken).ConfigureAwait(false))
            throw new JournalTruncatedException($"{_journal.FileName} was projected from a copy of its directory");
    }

    // The number alone does not identify the line: the database may have been restored, and a copy of the directory writes other lines with
    // the same numbers.
    private SqlQuery Move(JournalCheckpoint next) => new(
        _connection.Dialect,
        $"""
        UPDATE journals SET seq = {next.Seq}, hash = {next.LineHash}, segment = {next.Segment}, "offset" = {next.Offset}
        WHERE id = {_journalId} AND journal = {_id} AND seq = {Checkpoint.Seq} AND hash = {Checkpoint.LineHash}
        """);

    /// <summary>Reads how far another process projected the journal.</summary>
    /// <exception cref="JournalTruncatedException">The line there is another writer's. The next session identifies the journal
    /// again.</exception>
    private async Task ReadCheckpointAsync(CancellationToken cancellationToken)
    {
        if (await JournalRowReader.FindAsync(_connection, _id, cancellationToken).ConfigureAwait(false) is not { } row
            || row.Id != _journalId)
            throw new InvalidOperationException("The database has no row for the journal any more.");
        if (!_journal.Holds(row.ToCheckpoint()))
            throw new JournalTruncatedException($"{_journal.FileName} does not hold line {row.Seq} as the database has it");
        Checkpoint = row.ToCheckpoint();
    }
}
