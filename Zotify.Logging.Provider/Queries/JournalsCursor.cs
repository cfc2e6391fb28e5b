using System.Collections.Immutable;

namespace Zotify.Logging.Queries;

/// <summary>
/// The cursor of a reader of several journals: the number of the last line that it has read of each, as an opaque text for clients. Rows of
/// one journal are committed in the order of their numbers. Rows of different journals are not, because each journal is projected
/// separately. A reader that goes on from one number for all journals (a row's id, a time) would skip rows that another instance commits
/// late. A reader that goes on from this cursor skips none and reads none twice. No journal has the id 0, so each kind of cursor may use
/// it. Immutable.
/// </summary>
internal sealed class JournalsCursor
{
    private const int MaxJournals = 10_000;

    private readonly ImmutableSortedDictionary<long, long> _seqs;

    /// <param name="seqs">The numbers of the last lines read, by the journals' ids in <c>journals</c>.</param>
    public JournalsCursor(IEnumerable<KeyValuePair<long, long>> seqs) => _seqs = seqs.ToImmutableSortedDictionary();

    /// <summary>Before the first line of every journal.</summary>
    public static JournalsCursor Start { get; } = new([]);

    /// <summary>The number of the last line read of a journal; 0 if none was read.</summary>
    public long SeqOf(long journalId) => _seqs.GetValueOrDefault(journalId);

    /// <summary>The numbers, by the journals' ids.</summary>
    public IEnumerable<KeyValuePair<long, long>> Seqs => _seqs;

    /// <summary>This cursor with another number for a journal.</summary>
    public JournalsCursor With(long journalId, long seq) => new(_seqs.SetItem(journalId, seq));

    /// <summary>This cursor without a journal.</summary>
    public JournalsCursor Without(long journalId) => new(_seqs.Remove(journalId));

    /// <summary>The text of this cursor; equal cursors have equal texts.</summary>
    /// <param name="kind">A letter for the kind of query, so that a cursor of another kind is refused.</param>
    public string Encode(char kind)
    {
        var bytes = new List<byte>();
        var last = 0L;
        foreach (var (journal, seq) in _seqs)
        {
            VariableNumber.Write(bytes, journal - last);
            VariableNumber.Write(bytes, seq);
            last = journal;
        }

        return CursorText.Encode(kind, [.. bytes]);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="kind">The letter for the kind of query.</param>
    /// <param name="property">The query's property that holds it.</param>
    /// <exception cref="InvalidCursorException">The text is no such cursor.</exception>
    public static JournalsCursor Decode(string text, char kind, string property)
    {
        if (!CursorText.TryDecode(text, kind, out var rest)) throw new InvalidCursorException(property);
        var seqs = new Dictionary<long, long>();
        var journal = 0L;
        while (rest.Length > 0)
        {
            if (!VariableNumber.TryRead(ref rest, out var step) || !VariableNumber.TryRead(ref rest, out var seq))
                throw new InvalidCursorException(property);
            if ((step == 0 && seqs.Count > 0) || journal > long.MaxValue - step || seqs.Count == MaxJournals)
                throw new InvalidCursorException(property);
            journal += step;
            seqs.Add(journal, seq);
        }

        return new JournalsCursor(seqs);
    }
}
