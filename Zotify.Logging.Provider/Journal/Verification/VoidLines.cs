using System.Text.Json;

namespace Zotify.Logging.Journal;

/// <summary>
/// The lines that a failed flush left at the end of a segment. The writer begins the next segment with the same lines, so the chain must
/// contain the last of them again. Only a crash during that write explains a different line: then the next run begins with
/// <c>audit.started</c>. Not thread-safe.
/// </summary>
internal sealed class VoidLines
{
    private long _begin;
    private bool _restarted;

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>The position after the last void line, until it was written again; <see langword="null"/> where there is none.</summary>
    public ChainPosition? Last { get; private set; }

    /// <summary>The fault where the journal ends before all of them were written again; otherwise <see langword="null"/>.</summary>
    public ChainFault? NotWrittenAgain => Last is null ? null : Added();

    /// <summary>Adds a void line. The next segment begins with line <paramref name="begin"/>.</summary>
    public void Add(ChainPosition position, long begin)
    {
        Count++;
        _restarted = false;
        (Last, _begin) = (position, begin);
    }

    /// <summary>Compares a valid line with the void ones. Returns a fault where it contradicts them. Call it with the lines in
    /// order.</summary>
    public ChainFault? Fault(ReadOnlyMemory<byte> line, ChainPosition position)
    {
        if (Last is not { } last) return null;
        _restarted |= position.Seq > _begin && IsStart(line.Span);
        if (position.Seq < last.Seq) return null;
        var isSame = position.Seq == last.Seq && position.Hash.AsSpan().SequenceEqual(last.Hash);
        Last = null;
        return isSame || _restarted ? null : Added();
    }

    private ChainFault Added() =>
        new(_begin, "lines were added to the end of the file before it: they follow the chain, and the next file does not have them");

    private static bool IsStart(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isType = json.ValueTextEquals("event_type"u8);
            json.Read();
            if (isType) return json.TokenType == JsonTokenType.String && json.ValueTextEquals("audit.started"u8);
            json.Skip();
        }

        return false;
    }
}
