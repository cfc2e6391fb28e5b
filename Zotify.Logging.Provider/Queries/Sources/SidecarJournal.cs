using Zotify.Logging.Database;
using Zotify.Logging.Journal;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>A journal that another process writes, and how far it is projected. Stateless, thread-safe.</summary>
/// <param name="directory">The absolute log directory.</param>
/// <param name="name">The configured path of the active segment, relative to the directory.</param>
/// <param name="database">The database that the other process projects it to.</param>
internal sealed class SidecarJournal(string directory, string name, LoggingDatabase database)
{
    private const int MaxAttempts = 10;

    /// <summary>The absolute path of the active segment.</summary>
    public string Path { get; } = System.IO.Path.Combine(directory, name);

    /// <summary>The journal's id; <see langword="null"/> if there is no journal yet, or its id was lost.</summary>
    public Guid? Id => JournalIdFile.Read(Path);

    /// <summary>
    /// The number of the last line that is in the database; <see langword="null"/> if the database has the journal neither under its id nor
    /// under a checkpoint at one of its lines. The writer identifies the journal more thoroughly at its next start.
    /// </summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public Task<long?> ProjectedSeqAsync(CancellationToken cancellationToken) => database.ReadAsync(ProjectedSeqAsync, cancellationToken);

    /// <summary>How many lines up to a number are not in the database yet.</summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async Task<long> BehindAsync(long seq, CancellationToken cancellationToken) =>
        Math.Max(0, seq - (await ProjectedSeqAsync(cancellationToken).ConfigureAwait(false) ?? 0));

    private async Task<long?> ProjectedSeqAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        // Read the id each time: a journal that was cut continues under another id.
        var own = Id is { } id ? await JournalRowReader.FindAsync(connection, id, cancellationToken).ConfigureAwait(false) : null;
        if (own is not null && Holds(own)) return own.Seq;
        var namesakes = new SqlFilter(connection.Dialect);
        namesakes.Require($"j.name = {namesakes.Value(ColumnText.Fit(name, ColumnLengths.Name))}");
        var rows = await JournalRowReader.ReadAsync(connection, namesakes, cancellationToken).ConfigureAwait(false);
        return rows.Where(other => other.Seq > 0).OrderByDescending(other => other.Seq).FirstOrDefault(Holds)?.Seq;
    }

    /// <summary>
    /// Whether the row's checkpoint is a line of the files. If not, the row belongs to another writer, or the files were cut.
    /// </summary>
    private bool Holds(JournalRow row)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return JournalReader.Holds(Path, row.ToCheckpoint());
            }
            catch (Exception exception) when (exception is FileNotFoundException && attempt < MaxAttempts)
            {
                // Retention renamed or deleted the file between listing and opening.
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }
}
