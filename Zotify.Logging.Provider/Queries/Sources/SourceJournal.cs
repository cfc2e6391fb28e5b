using Zotify.Logging.Provider.Database;
using Zotify.Logging.Provider.Database.Sql;
using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Provider.Queries.Sources;

/// <summary>A journal that another process writes, and how far the database has it. Thread-safe: it keeps nothing.</summary>
/// <param name="path">The absolute path of the active segment.</param>
/// <param name="database">The database that the other process projects it to.</param>
internal sealed class SourceJournal(string path, LoggingDatabase database)
{
    /// <summary>The absolute path of the active segment.</summary>
    public string Path => path;

    /// <summary>The journal's id; <see langword="null"/> where there is no journal yet.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public Guid? Id => JournalIdFile.Read(path);

    /// <summary>The number of the last line that is in the database; <see langword="null"/> where it does not know the journal.</summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async Task<long?> ProjectedSeqAsync(CancellationToken cancellationToken)
    {
        // Read each time: a journal that was cut goes on under another id.
        if (Id is not { } id) return null;
        return await database.ReadAsync(
            async (connection, cancellation) => (await JournalRowReader.FindAsync(connection, id, cancellation).ConfigureAwait(false))?.Seq, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How many lines up to a number are not in the database yet.</summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async Task<long> BehindAsync(long seq, CancellationToken cancellationToken) =>
        Math.Max(0, seq - (await ProjectedSeqAsync(cancellationToken).ConfigureAwait(false) ?? 0));
}
