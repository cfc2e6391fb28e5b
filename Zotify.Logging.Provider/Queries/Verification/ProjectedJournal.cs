using Zotify.Logging.Database;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Queries;

/// <summary>
/// A journal in the database, compared with the lines of the files in order. Not thread-safe.
/// </summary>
/// <remarks>
/// A hash proves all lines up to its own. If the hashes of a row and its line differ, but those of a later row and its line are equal, the
/// row was changed. If no later hashes are equal, the lines were rewritten after they were projected, unless a key signed them.
/// </remarks>
/// <param name="database">The database.</param>
/// <param name="journal">The journal, with its checkpoint as it was before the files were opened.</param>
/// <param name="isPresent">Whether it has the id that the files have.</param>
internal sealed class ProjectedJournal(LoggingDatabase database, CheckpointRow journal, bool isPresent)
{
    private long? _differsFrom;
    private bool _isSignedThere;
    private bool _hasLines;

    /// <summary>The journal, with its checkpoint.</summary>
    public CheckpointRow Journal => journal;

    /// <summary>Whether it belongs to these files: it has their id, or one of their lines.</summary>
    public bool IsRelated => isPresent || _hasLines;

    /// <summary>How many rows were compared.</summary>
    public long Compared { get; private set; }

    /// <summary>The first wrong row; <see langword="null"/> where there is none.</summary>
    public RowFault? Fault { get; private set; }

    /// <summary>After the comparison, the first line that the rows prove wrong; <see langword="null"/> where there is none.</summary>
    public ChainFault? LineFault => IsRelated && _differsFrom is { } seq && !_isSignedThere
        ? new ChainFault(
            seq,
            $"it differs from the journal {journal.Journal} in the database: the lines from there on were rewritten after "
                + "they were projected, or the rows were")
        : null;

    /// <summary>Compares the rows of the block's lines.</summary>
    /// <param name="block">The lines.</param>
    /// <param name="hasRow">Which of them have a row. This adds its own.</param>
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
            Compare(row, block);
            ofCheckpoint |= row.Seq == journal.Seq;
            // In another log of the same writer, the same number is another line.
            if (row.Seq >= block.First && row.Seq <= block.Last) hasRow[row.Seq - block.First] |= isPresent || row.HasHash;
        }

        if (journal.Seq >= block.First && journal.Seq <= block.Last) CompareCheckpoint(block, ofCheckpoint);
    }

    /// <summary>Ends the comparison. If a key signed a line, the line is as it was written, so its row is wrong.</summary>
    /// <param name="badLine">A line that cannot serve as the reference for its row; <see langword="null"/> where there is none.</param>
    public void End(long? badLine)
    {
        if (Fault?.Seq == badLine) Fault = null;
        if (_differsFrom is { } seq && _isSignedThere && IsRelated) Fail(seq, "its hash differs from its line, which a key signed");
    }

    private void Compare(ComparedRow row, LineBlock block)
    {
        if (row.IsSame)
        {
            Agree();
        }
        else if (row.Seq < block.First || row.Seq > block.Last || block.Row(row.Seq) is null)
        {
            Fail(row.Seq, "it was added: its line is not an audit event");
        }
        else if (row.HasHash)
        {
            Agree();
            if (row.Different is { } column) Fail(row.Seq, $"its {column} differs from its line");
        }
        else
        {
            _hasLines |= row.HasId;
            Differ(row.Seq, block.IsSigned(row.Seq));
        }
    }

    /// <summary>Compares the checkpoint, which has the SHA-256 of its whole line, including the hash of the chain.</summary>
    private void CompareCheckpoint(LineBlock block, bool hasRow)
    {
        if (JournalLine.Hash(block.Line(journal.Seq).Span) == journal.Hash) Agree();
        else if (_differsFrom is null && hasRow) Fail(journal.Seq, "the checkpoint of its journal names another line");
        else Differ(journal.Seq, block.IsSigned(journal.Seq));
    }

    private void Agree()
    {
        _hasLines = true;
        if (_differsFrom is { } seq) Fail(seq, "its hash differs from its line");
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
