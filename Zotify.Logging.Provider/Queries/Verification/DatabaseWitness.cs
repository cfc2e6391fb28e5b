using Zotify.Logging.Database;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Queries;

/// <summary>
/// The database as the second witness of an audit journal. Its rows are verified as well, because they are what the API shows. For one
/// verification; not thread-safe.
/// </summary>
internal sealed class DatabaseWitness : IDisposable
{
    private readonly LoggingDatabase _database;
    private readonly CheckpointRow? _present;
    private readonly MissingRows _missing = new();
    private readonly RejectedSeqs? _rejected;
    private List<ProjectedJournal> _journals = [];
    private ProjectedJournal? _main;
    private RowFault? _rowFault;
    private long _otherRows;
    private long _setAside;
    private int _unrelated;
    private long _first;
    private bool _isPart;
    private DateTimeOffset? _firstTime;

    private DatabaseWitness(LoggingDatabase database, JournalIdentity identity, WriterJournals known)
    {
        _database = database;
        _present = known.Present;
        if (_present is not null) _journals.Add(new ProjectedJournal(database, _present, isPresent: true));
        foreach (var earlier in known.Earlier) _journals.Add(new ProjectedJournal(database, earlier, isPresent: false));
        _main = _journals.Count > 0 ? _journals[0] : null;
        if (_main is not null) _rejected = new RejectedSeqs(identity.Path, _main.Journal.Journal);
    }

    /// <summary>Why the database could not be read, or not completely; <see langword="null"/> where it was.</summary>
    public string? Unavailable { get; private set; }

    /// <summary>The first line of the files that the rows prove wrong; <see langword="null"/> where there is none.</summary>
    public ChainFault? LineFault { get; private set; }

    /// <summary>The first wrong row; <see langword="null"/> where none is known.</summary>
    public RowFault? RowFault => _rowFault;

    /// <summary>The first wrong count; <see langword="null"/> where there is none.</summary>
    public AuditCountFault? CountFault { get; private set; }

    /// <summary>The number of the last line that was projected.</summary>
    public long ThroughSeq => _main is { IsRelated: true } main ? main.Journal.Seq : 0;

    /// <summary>
    /// Reads the journals of the writer. Call it before the files are opened, so that the files hold all of their lines. With
    /// <paramref name="isPart"/>, only a part of them is read, so the tables may have lines before it.
    /// </summary>
    public static async Task<DatabaseWitness> OpenAsync(
        LoggingDatabase database, JournalIdentity identity, bool isPart, CancellationToken cancellationToken)
    {
        try
        {
            var known = await WriterJournals.FindAsync(database, identity, cancellationToken).ConfigureAwait(false);
            return new DatabaseWitness(database, identity, known) { _isPart = isPart };
        }
        catch (DatabaseUnavailableException exception)
        {
            return new DatabaseWitness(database, identity, new WriterJournals(null, [])) { Unavailable = MessageOf(exception) };
        }
    }

    /// <summary>Compares lines with their rows. Call it with the blocks in order, one at a time.</summary>
    /// <exception cref="IOException">The file of rejected lines cannot be read.</exception>
    public async Task CompareAsync(LineBlock block, CancellationToken cancellationToken)
    {
        _firstTime ??= LineTime.Of(block.Line(block.First).Span);
        if (_first == 0) _missing.Begin(_first = block.First);
        if (Unavailable is not null || _journals.Count == 0) return;
        try
        {
            var hasRow = new bool[block.Count];
            foreach (var journal in _journals) await journal.CompareAsync(block, hasRow, cancellationToken).ConfigureAwait(false);
            for (var at = 0; at < hasRow.Length; at++)
            {
                if (!hasRow[at]) AddMissing(block, block.First + at);
            }

            RemoveJournals(journal => !journal.IsRelated && journal.Compared > 0);
        }
        catch (DatabaseUnavailableException exception)
        {
            Unavailable = MessageOf(exception);
        }
    }

    /// <summary>Ends the comparison, and checks the tables.</summary>
    /// <param name="chain">The chain, read to its end or its first fault.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task EndAsync(ChainReader chain, CancellationToken cancellationToken)
    {
        // If the files have no line, all journals of the writer count as theirs.
        if (_first > 0) RemoveJournals(journal => !journal.IsRelated);
        foreach (var journal in _journals)
        {
            // Whether the first line of a pruned log is proven is known only at the end.
            journal.End(chain.LacksStart ? chain.Fault!.Seq : null);
            _rowFault = RowFault.First(_rowFault, journal.Fault);
            if (journal.LineFault is { } fault && (LineFault is null || fault.Seq < LineFault.Seq)) LineFault = fault;
        }

        if (_main is not null) _rowFault = RowFault.First(_rowFault, _missing.Fault(chain.PrunedThrough));
        if (Unavailable is not null) return;
        try
        {
            await _database.ReadExistingAsync(
                (connection, cancellation) => CheckTablesAsync(connection, chain, cancellation), cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseUnavailableException exception)
        {
            Unavailable = MessageOf(exception);
        }
    }

    /// <summary>Finds lines that the database has after the last line of the files.</summary>
    /// <param name="chain">The chain, read to its end.</param>
    /// <param name="start">The fault at the beginning of the files; <see langword="null"/> where there is none.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <returns>The fault at the beginning, if it remains, and the fault that lines are missing at the end.</returns>
    public async Task<(ChainFault? Start, ChainFault? Missing)> FindMissingAsync(
        ChainReader chain, ChainFault? start, CancellationToken cancellationToken)
    {
        var last = chain.Position?.Seq ?? 0;
        var longest = _journals.Where(journal => journal.IsRelated || _first == 0).MaxBy(journal => journal.Journal.Seq)?.Journal;
        if (longest is null || (longest.Seq <= last && start is null)) return (start, null);
        var pruned = await FindPrunedAsync(longest, cancellationToken).ConfigureAwait(false);
        var isCut = longest.Seq > last;
        // The event that accounts for the beginning may be among the lines that were cut off.
        if (isCut && pruned is not null && (pruned.ThroughSeq >= _first || chain.FirstFollowsFrom(pruned.ThroughHash))) start = null;
        if (start is not null && pruned?.ThroughSeq < _first) start = start with { Seq = Math.Max(start.Seq, pruned.ThroughSeq + 1) };
        if (!isCut) return (start, null);
        var from = last > 0
            ? last + 1
            : await FindFirstAsync(longest, (pruned?.ThroughSeq ?? 0) + 1, cancellationToken).ConfigureAwait(false);
        return (start, new ChainFault(from, $"it is missing: the database has the journal {longest.Journal} up to line {longest.Seq}"));
    }

    /// <summary>Converts it for the result.</summary>
    public AuditWitness ToResult() =>
        new(_journals.Sum(journal => journal.Compared), _present?.Seq, _unrelated, Unavailable, _otherRows, _setAside);

    /// <inheritdoc/>
    public void Dispose() => _rejected?.Dispose();

    private void AddMissing(LineBlock block, long seq)
    {
        if (_main is null || seq > _main.Journal.Seq) return;
        if (block.Row(seq) is null || _rejected!.Contains(seq, block.Line(seq).Span))
        {
            _setAside++;
            _missing.Skip(seq);
        }
        // A journal that was found cut continues under a new id. The lines before have their rows under the old id, and retention deletes
        // those rows by age only.
        else if (_main.Compared > 0 || !_journals.Exists(journal => journal != _main && journal.Journal.Seq >= seq))
        {
            _missing.Add(seq);
        }
    }

    private void RemoveJournals(Predicate<ProjectedJournal> isNotOfThese)
    {
        foreach (var journal in _journals.Where(journal => isNotOfThese(journal)))
        {
            _unrelated++;
            if (journal == _main) _main = null;
        }

        _journals.RemoveAll(isNotOfThese);
    }

    private async Task<bool> CheckTablesAsync(LoggingConnection connection, ChainReader chain, CancellationToken cancellationToken)
    {
        if (_isPart) return await CheckPartAsync(connection, cancellationToken).ConfigureAwait(false);
        CountFault = await TableChecks.FindWrongCountAsync(connection, since: null, cancellationToken).ConfigureAwait(false);
        var (rows, orphans) = await TableChecks.CountAsync(connection, cancellationToken).ConfigureAwait(false);
        _otherRows = rows.Where(journal => !_journals.Exists(known => known.Journal.Id == journal.JournalId)).Sum(journal => journal.Count);
        if (orphans is [var orphan, ..])
            Fail(orphan.FirstSeq, $"{orphan.Count} rows belong to the journal {orphan.JournalId}, which is not in the table of journals");
        if (_present is null) return true;
        await CheckBeyondAsync(connection, _present, cancellationToken).ConfigureAwait(false);
        if (_first > 0
            && await TableChecks.FindBelowAsync(connection, _present.Id, _first, cancellationToken).ConfigureAwait(false) is { } below)
            ReportBelow(below.Seq, chain.FirstFollowsFrom(below.HashBefore));
        return true;
    }

    /// <summary>Checks what new lines can have changed: the counts of their hours, and what is beyond the checkpoint.</summary>
    private async Task<bool> CheckPartAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        if (_firstTime is { } since)
            CountFault = await TableChecks.FindWrongCountAsync(connection, since.UtcDateTime, cancellationToken).ConfigureAwait(false);
        if (_present is not null) await CheckBeyondAsync(connection, _present, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task CheckBeyondAsync(LoggingConnection connection, CheckpointRow present, CancellationToken cancellationToken) =>
        _rowFault = RowFault.First(
            _rowFault,
            await TableChecks.FindBeyondCheckpointAsync(connection, present.Id, cancellationToken).ConfigureAwait(false));

    /// <summary>
    /// Reports a row of a line before the first. Retention deletes rows before their files, so somebody else deleted the file, or added the
    /// row.
    /// </summary>
    private void ReportBelow(long seq, bool isOfTheChain)
    {
        if (isOfTheChain)
            LineFault = new ChainFault(
                seq, $"it is missing: the files begin with line {_first}, and the database still has lines before it");
        else Fail(seq, $"it was added: the files begin with line {_first}, and retention deletes rows before their files");
    }

    private Task<PruneAnchor?> FindPrunedAsync(CheckpointRow journal, CancellationToken cancellationToken) =>
        TryReadAsync((connection, cancellation) => TableChecks.FindPrunedAsync(connection, journal.Id, cancellation), cancellationToken);

    /// <summary>
    /// The first line that the database has of a journal, but at most the given one, because the rows before it may be deleted.
    /// </summary>
    private async Task<long> FindFirstAsync(CheckpointRow journal, long latest, CancellationToken cancellationToken)
    {
        var below = await TryReadAsync(
            (connection, cancellation) =>
                TableChecks.FindBelowAsync(connection, journal.Id, latest, cancellation), cancellationToken).ConfigureAwait(false);
        return below?.Seq ?? latest;
    }

    private async Task<T?> TryReadAsync<T>(Func<LoggingConnection, CancellationToken, Task<T?>> query, CancellationToken cancellationToken)
    {
        try
        {
            return await _database.ReadExistingAsync(query, cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseUnavailableException exception)
        {
            Unavailable = MessageOf(exception);
            return default;
        }
    }

    private void Fail(long seq, string reason) => _rowFault = RowFault.First(_rowFault, new RowFault(seq, reason));

    private static string MessageOf(DatabaseUnavailableException exception) => exception.InnerException?.Message ?? exception.Message;
}
