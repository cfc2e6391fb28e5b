using System.Data.Common;
using Zotify.Logging.Database;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Retention;

/// <summary>Deletes rows over one connection. Used by one thread at a time.</summary>
internal sealed class RetentionSession : IAsyncDisposable
{
    /// <summary>
    /// The most rows that a chunk deletes. SQL Server locks a whole table once a statement has 5,000 locks in it or in one of its indexes,
    /// and each row takes one.
    /// </summary>
    public const int ChunkSize = 1_000;

    private readonly LoggingDatabase _database;

    private RetentionSession(LoggingDatabase database, LoggingConnection connection)
    {
        _database = database;
        Connection = connection;
    }

    /// <summary>An open connection that writes.</summary>
    public LoggingConnection Connection { get; }

    /// <summary>Opens the database.</summary>
    /// <exception cref="DbException">It cannot be opened or migrated.</exception>
    public static async Task<RetentionSession> OpenAsync(LoggingDatabase database, CancellationToken cancellationToken) =>
        new(database, await database.OpenForWritingAsync(DatabaseUse.Delete, cancellationToken).ConfigureAwait(false));

    /// <summary>
    /// Returns the database's row of a journal, by which segments are deleted. <see langword="null"/> where there is none, and where its
    /// checkpoint is not a line of the files: then the rows belong to another writer's lines.
    /// </summary>
    /// <exception cref="IOException">The files cannot be read.</exception>
    public async Task<JournalRow?> FindAsync(IJournal journal, CancellationToken cancellationToken)
    {
        var row = await JournalRowReader.FindAsync(Connection, journal.Id, cancellationToken).ConfigureAwait(false);
        return row is not null && journal.Holds(row.ToCheckpoint()) ? row : null;
    }

    /// <summary>
    /// Deletes many rows in chunks, each in its own transaction, by one instance at a time. The projectors of this process, and other
    /// processes, run between the chunks.
    /// </summary>
    /// <param name="deleteChunk">Deletes <see cref="ChunkSize"/> rows in the transaction; returns whether there may be more.</param>
    /// <param name="cancellationToken">Ends it; committed chunks stay deleted.</param>
    public async Task DeleteAsync(Func<Task<bool>> deleteChunk, CancellationToken cancellationToken)
    {
        for (var more = true; more;)
        {
            using (await _database.EnterWriteAsync(cancellationToken).ConfigureAwait(false))
            {
                await Connection.CommitAsync(
                    async () =>
                    {
                        await _database.EnterRetentionAsync(Connection, cancellationToken).ConfigureAwait(false);
                        more = await deleteChunk().ConfigureAwait(false);
                        return true;
                    },
                    cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Deletes segments of a journal whose rows the database has. First it brings these rows to the disk: a power failure may lose rows
    /// that are only committed, and then nothing else would have their records.
    /// </summary>
    /// <exception cref="DbException">They are not known to be on the disk; no segment is deleted.</exception>
    /// <exception cref="IOException">Not all segments could be deleted.</exception>
    public async Task DeleteAsync(JournalWriter journal, IReadOnlyList<SegmentFacts> segments, CancellationToken cancellationToken)
    {
        if (segments.Count == 0) return;
        await _database.SyncAsync(Connection, cancellationToken).ConfigureAwait(false);
        journal.Delete(segments);
    }

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
