using System.Text.Json;

namespace Zotify.Logging.Journal;

/// <summary>
/// The lines that a failed flush left at the end of a segment. The writer begins the next segment with the same lines, so
/// the chain must pass through the last of them once more. Only a crash while it wrote them explains another line there:
/// then the next run begins with <c>audit.started</c>. Not thread-safe.
/// </summary>
internal sealed class VoidLines
{
    private long _begin;
    private bool _restarted;

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>The place after the last of them, until it was written again; <see langword="null"/> where there is none.</summary>
    public ChainPosition? Last { get; private set; }

    /// <summary>What is wrong where the journal ends before all of them were written again.</summary>
    public ChainFault? NotWrittenAgain => Last is null ? null : Added();

    /// <summary>Takes note of one, that ends the segment before line <paramref name="begin"/>.</summary>
    public void Add(ChainPosition position, long begin)
    {
        Count++;
        _restarted = false;
        (Last, _begin) = (position, begin);
    }

    /// <summary>What a line that counts says against them; <see langword="null"/> where nothing. Lines come in order.</summary>
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
