using Zotify.Logging.Database;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Queries;

/// <summary>A journal as the database has it, read in the order of its lines. Not thread-safe.</summary>
/// <param name="database">The database.</param>
/// <param name="journal">The journal, with its cursor as it was before the files were opened.</param>
internal sealed class ProjectedJournal(LoggingDatabase database, JournalRow journal)
{
    private const int RowsAtOnce = 5_000;

    private List<ProjectedHash> _rows = [];
    private int _at;
    private bool _ended;

    /// <summary>The journal's own id.</summary>
    public Guid Id => journal.Journal;

    /// <summary>The number of the last line that is projected.</summary>
    public long LastSeq => journal.Seq;

    /// <summary>How many rows were compared.</summary>
    public long Compared { get; private set; }

    /// <summary>Whether a line of the files is the one that was projected, as far as the database has it. Lines come in order.</summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async ValueTask<bool> AgreesAsync(ChainPosition position, ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        if (await FindAsync(position.Seq, cancellationToken).ConfigureAwait(false) is { } hash)
        {
            Compared++;
            if (hash != position.HashText) return false;
        }

        return position.Seq != LastSeq || JournalLine.Hash(line.Span) == journal.Hash;
    }

    private async ValueTask<string?> FindAsync(long seq, CancellationToken cancellationToken)
    {
        while (true)
        {
            while (_at < _rows.Count && _rows[_at].Seq < seq) _at++;
            if (_at < _rows.Count) return _rows[_at].Seq == seq ? _rows[_at].Hash : null;
            if (_ended) return null;
            await ReadAsync(seq, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(long from, CancellationToken cancellationToken)
    {
        _rows = await database.ReadAsync((connection, cancellation) => ReadAsync(connection, from, cancellation), cancellationToken).ConfigureAwait(false);
        _at = 0;
        _ended = _rows.Count < RowsAtOnce;
    }

    private Task<List<ProjectedHash>> ReadAsync(LoggingConnection connection, long from, CancellationToken cancellationToken)
    {
        var filter = new SqlFilter(connection.Dialect);
        filter.Require($"e.journal_id = {filter.Value(journal.Id)}");
        filter.Require($"e.seq >= {filter.Value(from)}");
        filter.Require($"e.seq <= {filter.Value(LastSeq)}");
        var next = connection.Dialect.Take($"e.seq, e.hash FROM audit_events AS e\n{filter.Where}", "e.seq", filter.Value(RowsAtOnce));
        return connection.ReadAsync(new SqlQuery(next, filter.Parameters), row => new ProjectedHash(row.GetInt64(0), row.TextOrNull(1)), cancellationToken);
    }
}
