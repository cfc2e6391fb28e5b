using Zotify.Logging.Configuration;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// Where a reader is in a merged stream: a position in each source, and the latest time that it gave out, by which it marks late lines.
/// Its text is opaque to clients. Each source goes on from its own position, so a client that comes back with the text misses nothing and
/// gets nothing twice, whichever program restarted. Not thread-safe.
/// </summary>
internal sealed class MergedCursor
{
    private const char Kind = 'm';

    /// <summary>The most bytes of a number.</summary>
    private const int MaxNumber = 9;

    private readonly uint[] _names;
    private readonly SourcePosition[] _positions;
    private readonly byte[]?[] _encoded;

    /// <param name="names">The hashes of the sources' names.</param>
    public MergedCursor(uint[] names)
    {
        _names = names;
        _positions = new SourcePosition[names.Length];
        _encoded = new byte[names.Length][];
    }

    private MergedCursor(MergedCursor other)
    {
        _names = other._names;
        _positions = [.. other._positions];
        _encoded = [.. other._encoded];
        (Time, Line) = (other.Time, other.Line);
    }

    /// <summary>The latest time that was given out.</summary>
    public DateTimeOffset Time { get; set; }

    /// <summary>The source whose line the cursor belongs to; -1 where it belongs to none.</summary>
    public int Line { get; set; } = -1;

    /// <summary>The position in a source.</summary>
    public SourcePosition this[int source]
    {
        get => _positions[source];
        set => (_positions[source], _encoded[source]) = (value, null);
    }

    /// <summary>Reads a text; <see langword="null"/> for any text that <see cref="ToString"/> did not make.</summary>
    /// <param name="text">The text.</param>
    /// <param name="names">The hashes of the sources' names. Positions in others are left out.</param>
    public static MergedCursor? TryParse(string text, uint[] names)
    {
        if (!CursorText.TryDecode(text, Kind, out var bytes) || !VariableNumber.TryRead(ref bytes, out var ticks)) return null;
        if (ticks > DateTimeOffset.MaxValue.UtcTicks) return null;
        var cursor = new MergedCursor(names) { Time = new DateTimeOffset(ticks, TimeSpan.Zero) };
        for (var count = 0; bytes.Length > 0; count++)
        {
            if (count == SourceConfiguration.MaxSources + 1) return null;
            if (!PositionCode.TryDecode(ref bytes, out var name, out var position, out var isLine)) return null;
            if (Array.IndexOf(names, name) is not (>= 0 and var source)) continue;
            cursor[source] = position;
            if (isLine) cursor.Line = source;
        }

        return cursor;
    }

    /// <summary>A copy that belongs to another line.</summary>
    public MergedCursor WithLine(int line) => new(this) { Line = line };

    /// <summary>A copy.</summary>
    public MergedCursor Clone() => new(this);

    /// <summary>Takes note of a line that is given out: the cursor belongs to it from now on. Returns whether the line is late.</summary>
    public bool Advance(int source, string position, DateTimeOffset time)
    {
        this[source] = SourcePosition.Of(position);
        if (Line >= 0) _encoded[Line] = null;
        Line = source;
        if (time < Time) return true;
        Time = time;
        return false;
    }

    /// <summary>Moves on in a source past what is no line. The cursor belongs to no line then.</summary>
    public void MoveOn(int source, string position)
    {
        this[source] = SourcePosition.Of(position);
        if (Line >= 0) _encoded[Line] = null;
        Line = -1;
    }

    /// <summary>Whether each of some sources is at the same position in both.</summary>
    public bool IsAt(MergedCursor other, bool[] sources)
    {
        for (var i = 0; i < _positions.Length; i++)
        {
            if (sources[i] && _positions[i] != other._positions[i]) return false;
        }

        return true;
    }

    /// <summary>The text for clients.</summary>
    public override string ToString()
    {
        var length = MaxNumber;
        for (var i = 0; i < _names.Length; i++)
            length += (_encoded[i] ??= PositionCode.Encode(_names[i], _positions[i], isExclusive: i == Line)).Length;
        // A line of a stream has one each: nothing else is made for it.
        Span<byte> bytes = length <= 1024 ? stackalloc byte[length] : new byte[length];
        var end = VariableNumber.Write(bytes, Time.UtcTicks);
        foreach (var encoded in _encoded)
        {
            encoded.CopyTo(bytes[end..]);
            end += encoded!.Length;
        }

        return CursorText.Encode(Kind, bytes[..end]);
    }
}
