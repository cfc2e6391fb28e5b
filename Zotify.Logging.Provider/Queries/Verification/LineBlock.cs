using Zotify.Logging.Journal;
using Zotify.Logging.Projection;

namespace Zotify.Logging.Queries;

/// <summary>
/// Verified lines that follow each other and wait to be compared with their rows. Filled by one thread, then read by another.
/// </summary>
internal sealed class LineBlock
{
    private const int MaxLines = 2_000;
    private const int MaxBytes = 1024 * 1024;
    private const int InitialBytes = 64 * 1024;

    private readonly List<(int Start, int Length, bool IsSigned)> _lines = new(MaxLines);
    private readonly Dictionary<long, AuditEventRow?> _rows = [];
    private byte[] _bytes = new byte[InitialBytes];
    private int _length;

    /// <summary>The number of the first line.</summary>
    public long First { get; private set; }

    /// <summary>The number of the last line.</summary>
    public long Last => First + Count - 1;

    /// <summary>How many lines there are.</summary>
    public int Count => _lines.Count;

    /// <summary>Whether there are enough lines for a comparison.</summary>
    public bool IsFull => Count >= MaxLines || _length >= MaxBytes;

    /// <summary>Adds the next line.</summary>
    public void Add(ChainPosition position, ReadOnlyMemory<byte> line)
    {
        if (Count == 0) First = position.Seq;
        if (_bytes.Length - _length < line.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + line.Length));
        line.Span.CopyTo(_bytes.AsSpan(_length));
        _lines.Add((_length, line.Length, position.IsSigned));
        _length += line.Length;
    }

    /// <summary>A line, without its end.</summary>
    public ReadOnlyMemory<byte> Line(long seq) => _bytes.AsMemory(_lines[(int)(seq - First)].Start, _lines[(int)(seq - First)].Length);

    /// <summary>Whether a key signed the line.</summary>
    public bool IsSigned(long seq) => _lines[(int)(seq - First)].IsSigned;

    /// <summary>
    /// The row that the line becomes; <see langword="null"/> for a line that is not an audit event, which the projection sets aside. A line
    /// is parsed once, however many journals are compared with it.
    /// </summary>
    public AuditEventRow? Row(long seq)
    {
        if (!_rows.TryGetValue(seq, out var row))
            _rows[seq] = row = AuditLine.TryParse(new JournalLine(seq, Line(seq), 0, 0), journalId: 0);
        return row;
    }

    /// <summary>Removes all lines.</summary>
    public void Reset()
    {
        _lines.Clear();
        _rows.Clear();
        _length = 0;
        // If one line was far longer than others, its memory is released.
        if (_bytes.Length > MaxBytes * 2) _bytes = new byte[InitialBytes];
    }
}
