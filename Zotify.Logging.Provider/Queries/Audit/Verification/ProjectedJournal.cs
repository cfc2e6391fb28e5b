using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Provider.Database;
using Zotify.Logging.Provider.Database.Entities;
using Zotify.Logging.Provider.Journal;
using Zotify.Logging.Provider.Journal.Verification;

namespace Zotify.Logging.Provider.Queries.Audit.Verification;

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
        var (id, last) = (journal.Id, LastSeq);
        _rows = await database.ReadAsync(
            (context, cancellation) => context.AuditEvents
                .Where(row => row.JournalId == id && row.Seq >= from && row.Seq <= last)
                .OrderBy(row => row.Seq)
                .Take(RowsAtOnce)
                .Select(row => new ProjectedHash(row.Seq, row.Hash))
                .ToListAsync(cancellation),
            cancellationToken).ConfigureAwait(false);
        _at = 0;
        _ended = _rows.Count < RowsAtOnce;
    }
}
