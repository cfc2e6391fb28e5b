using Zotify.Logging.Database;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Queries;

/// <summary>
/// The database as the second witness of an audit journal: it has the lines' hashes where nobody who can only write the
/// files can change them. For one verification; not thread-safe.
/// </summary>
internal sealed class DatabaseWitness
{
    private readonly long? _throughSeq;
    private readonly IReadOnlyList<EarlierJournal> _earlier;
    private List<ProjectedJournal> _journals = [];
    private int _unrelated;
    private long _compared;
    private string? _unavailable;

    private DatabaseWitness(ProjectedJournal? journal, IReadOnlyList<EarlierJournal> earlier)
    {
        _throughSeq = journal?.LastSeq;
        _earlier = earlier;
        if (journal is not null) _journals.Add(journal);
    }

    /// <summary>Asks what the database has of a journal. To be called before the files are opened, so that they hold all of it.</summary>
    public static async Task<DatabaseWitness> CallAsync(LoggingDatabase database, JournalIdentity identity, CancellationToken cancellationToken)
    {
        try
        {
            var (journal, earlier) = await EarlierJournal.FindAsync(database, identity, cancellationToken).ConfigureAwait(false);
            return new DatabaseWitness(journal is null ? null : new ProjectedJournal(database, journal), earlier);
        }
        catch (DatabaseUnavailableException exception)
        {
            return new DatabaseWitness(null, []) { _unavailable = Explain(exception) };
        }
    }

    /// <summary>
    /// The files begin with this time. Journals of the same writer that ended after it were of these files: their id was
    /// lost, or given up when they were found cut.
    /// </summary>
    /// <param name="first">The time of the first line; <see langword="null"/> where there is none.</param>
    public void Begin(DateTime? first)
    {
        foreach (var earlier in _earlier)
        {
            if (first is null || earlier.LastTime >= first) _journals.Add(earlier.Journal);
            else _unrelated++;
        }
    }

    /// <summary>What the database has against a line of the files. Lines come in order.</summary>
    public async ValueTask<ChainFault?> FaultAsync(ChainPosition position, ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var journal in _journals)
            {
                if (!await journal.AgreesAsync(position, line, cancellationToken).ConfigureAwait(false))
                    return new ChainFault(position.Seq, $"it is another one than the database has of the journal {journal.Id}: it was written anew after it was projected");
            }
        }
        catch (DatabaseUnavailableException exception)
        {
            _unavailable = Explain(exception);
            _compared = Compared;
            _journals = [];
        }

        return null;
    }

    /// <summary>What the database has beyond the last line of the files.</summary>
    public ChainFault? Missing(long lastSeq) => _journals.Where(journal => journal.LastSeq > lastSeq).MaxBy(journal => journal.LastSeq) is { } longest
        ? new ChainFault(lastSeq + 1, $"it is missing: the database has the journal {longest.Id} up to line {longest.LastSeq}")
        : null;

    /// <summary>What is to be told of it.</summary>
    public AuditWitness ToResult() => new(Compared, _throughSeq, _unrelated, _unavailable);

    private long Compared => _compared + _journals.Sum(journal => journal.Compared);

    private static string Explain(DatabaseUnavailableException exception) => exception.InnerException?.Message ?? exception.Message;
}
