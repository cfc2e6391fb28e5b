using Zotify.Logging.Database;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Queries;

/// <summary>
/// A journal as the database has it, compared with the lines of the files in their order. Not thread-safe.
/// </summary>
/// <remarks>
/// A hash proves all lines up to its own. Where the hashes of a row and its line differ, and those of a later row and line
/// agree, the row was changed. Where none agrees any more, the lines were written anew after they were projected, unless a
/// key signed them.
/// </remarks>
/// <param name="database">The database.</param>
/// <param name="journal">The journal, with its checkpoint as it was before the files were opened.</param>
/// <param name="isPresent">Whether it is the journal that the files name.</param>
internal sealed class ProjectedJournal(LoggingDatabase database, CheckpointRow journal, bool isPresent)
{
    private long? _differsFrom;
    private bool _isSignedThere;
    private bool _hasLines;

    /// <summary>The journal, with its checkpoint.</summary>
    public CheckpointRow Journal => journal;

    /// <summary>Whether it is of these files: their id says so, or a line of theirs is in it.</summary>
    public bool IsRelated => isPresent || _hasLines;

    /// <summary>How many rows were compared.</summary>
    public long Compared { get; private set; }

    /// <summary>What is wrong with a row; <see langword="null"/> where nothing is.</summary>
    public RowFault? Fault { get; private set; }

    /// <summary>What the rows have against the lines, once all were compared; <see langword="null"/> where nothing.</summary>
    public ChainFault? LineFault => IsRelated && _differsFrom is { } seq && !_isSignedThere
        ? new ChainFault(
            seq,
            $"it is another one than the database has of the journal {journal.Journal}: it was written anew after it was projected, or "
                + "the rows from there on were")
        : null;

    /// <summary>Compares the rows of the block's lines.</summary>
    /// <param name="block">The lines.</param>
    /// <param name="hasRow">Which of them have a row; is added to.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async Task CompareAsync(LineBlock block, bool[] hasRow, CancellationToken cancellationToken)
    {
        var rows = await database.ReadExistingAsync(
            (connection, cancellation) => ReadAsync(connection, block, cancellation), cancellationToken).ConfigureAwait(false);
        Compared += rows.Count;
        var ofCheckpoint = false;
        foreach (var row in rows)
        {
            Take(row, block);
            ofCheckpoint |= row.Seq == journal.Seq;
            // Of another log that the same writer had, the numbers say nothing of these lines.
            if (row.Seq >= block.First && row.Seq <= block.Last) hasRow[row.Seq - block.First] |= isPresent || row.HasHash;
        }

        if (journal.Seq >= block.First && journal.Seq <= block.Last) TakeCheckpoint(block, ofCheckpoint);
    }

    /// <summary>Ends the comparison: a line that a key signed is as it was written, so that its row is not.</summary>
    /// <param name="badLine">A line that turned out to be no measure of its row; <see langword="null"/> where there is none.</param>
    public void End(long? badLine)
    {
        if (Fault?.Seq == badLine) Fault = null;
        if (_differsFrom is { } seq && _isSignedThere && IsRelated) Fail(seq, "its hash is not the one of its line, which a key signed");
    }

    private void Take(ComparedRow row, LineBlock block)
    {
        if (row.IsSame)
        {
            Agree();
        }
        else if (row.Seq < block.First || row.Seq > block.Last || block.Row(row.Seq) is null)
        {
            Fail(row.Seq, "it was added: its line is none of an audit event");
        }
        else if (row.HasHash)
        {
            Agree();
            if (row.Different is { } column) Fail(row.Seq, $"its {column} is not the one of its line");
        }
        else
        {
            _hasLines |= row.HasId;
            Differ(row.Seq, block.IsSigned(row.Seq));
        }
    }

    /// <summary>The checkpoint has the SHA-256 of its whole line, the hash of the chain included.</summary>
    private void TakeCheckpoint(LineBlock block, bool hasRow)
    {
        if (JournalLine.Hash(block.Line(journal.Seq).Span) == journal.Hash) Agree();
        else if (_differsFrom is null && hasRow) Fail(journal.Seq, "the checkpoint of its journal names another line");
        else Differ(journal.Seq, block.IsSigned(journal.Seq));
    }

    private void Agree()
    {
        _hasLines = true;
        if (_differsFrom is { } seq) Fail(seq, "its hash is not the one of its line");
        _differsFrom = null;
    }

    private void Differ(long seq, bool isSigned)
    {
        if (_differsFrom is not null) return;
        (_differsFrom, _isSignedThere) = (seq, isSigned);
    }

    private void Fail(long seq, string reason) => Fault = RowFault.First(Fault, new RowFault(seq, reason));

    private Task<List<ComparedRow>> ReadAsync(LoggingConnection connection, LineBlock block, CancellationToken cancellationToken)
    {
        var filter = new SqlFilter(connection.Dialect);
        filter.Require($"e.journal_id = {filter.Value(journal.Id)}");
        filter.Require($"e.seq >= {filter.Value(block.First)}");
        filter.Require($"e.seq <= {filter.Value(block.Last)}");
        var rows = SqlQuery.Raw(
            $"SELECT {RowComparison.Columns} FROM audit_events AS e\n{filter.Where}\nORDER BY e.seq", filter.Parameters);
        var comparison = new RowComparison(connection.Dialect, block);
        return connection.ReadAsync(rows, comparison.Compare, cancellationToken);
    }
}
