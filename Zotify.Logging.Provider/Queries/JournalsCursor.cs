using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Zotify.Logging.Queries;

/// <summary>
/// How far a reader is in each of several journals: the number of the last line it has seen of each, as an opaque text for
/// clients. Within a journal rows are committed in the order of their numbers; between journals they are not, for each is
/// projected by itself. Whoever reads on from one number for all of them (a row's id, a time) skips the rows that another
/// instance commits late; who reads on from here never does, and sees none twice. No journal has the number 0: what it is used
/// for is up to the kind. Immutable.
/// </summary>
internal sealed class JournalsCursor
{
    private const int ChecksumLength = 4;
    private const int MaxJournals = 10_000;

    private readonly ImmutableSortedDictionary<long, long> _seqs;

    /// <param name="seqs">The numbers of the last lines seen, by the journals' numbers in <c>journals</c>.</param>
    public JournalsCursor(IEnumerable<KeyValuePair<long, long>> seqs) => _seqs = seqs.ToImmutableSortedDictionary();

    /// <summary>Before the first line of every journal.</summary>
    public static JournalsCursor Start { get; } = new([]);

    /// <summary>The number of the last line seen of a journal; 0 where none was.</summary>
    public long SeqOf(long journalId) => _seqs.GetValueOrDefault(journalId);

    /// <summary>The numbers, by the journals'.</summary>
    public IEnumerable<KeyValuePair<long, long>> Seqs => _seqs;

    /// <summary>These, with another number for a journal.</summary>
    public JournalsCursor With(long journalId, long seq) => new(_seqs.SetItem(journalId, seq));

    /// <summary>These without a journal.</summary>
    public JournalsCursor Without(long journalId) => new(_seqs.Remove(journalId));

    /// <summary>The text of these positions, the same whenever they are.</summary>
    /// <param name="kind">A letter for what is read, so that a position of another kind is told apart.</param>
    public string Encode(char kind)
    {
        var bytes = new List<byte> { (byte)kind };
        var last = 0L;
        foreach (var (journal, seq) in _seqs)
        {
            Write(bytes, journal - last);
            Write(bytes, seq);
            last = journal;
        }

        bytes.AddRange(Checksum([.. bytes]));
        return Base64Url.EncodeToString([.. bytes]);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="kind">The letter of what is read.</param>
    /// <param name="parameter">The parameter that the client gave it in.</param>
    /// <exception cref="InvalidCursorException">The text is no such positions.</exception>
    public static JournalsCursor Decode(string text, char kind, string parameter)
    {
        if (!Base64Url.IsValid(text)) throw new InvalidCursorException(parameter);
        ReadOnlySpan<byte> bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length <= ChecksumLength || bytes[0] != kind || !Checksum(bytes[..^ChecksumLength]).SequenceEqual(bytes[^ChecksumLength..]))
            throw new InvalidCursorException(parameter);
        var rest = bytes[1..^ChecksumLength];
        var seqs = new Dictionary<long, long>();
        var journal = 0L;
        while (rest.Length > 0)
        {
            if (!TryRead(ref rest, out var step) || !TryRead(ref rest, out var seq) || (step == 0 && seqs.Count > 0) || journal > long.MaxValue - step || seqs.Count == MaxJournals)
                throw new InvalidCursorException(parameter);
            journal += step;
            seqs.Add(journal, seq);
        }

        return new JournalsCursor(seqs);
    }

    // Seven bits a byte, the lowest first; the highest bit says that more follow.
    private static void Write(List<byte> bytes, long number)
    {
        for (; number >= 0x80; number >>= 7) bytes.Add((byte)(number | 0x80));
        bytes.Add((byte)number);
    }

    private static bool TryRead(ref ReadOnlySpan<byte> bytes, out long number)
    {
        number = 0;
        for (var shift = 0; shift < 63 && bytes.Length > 0; shift += 7)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            number |= (long)(next & 0x7F) << shift;
            if (next < 0x80) return true;
        }

        return false;
    }

    private static ReadOnlySpan<byte> Checksum(ReadOnlySpan<byte> positions) => SHA256.HashData(positions).AsSpan(0, ChecksumLength);
}
