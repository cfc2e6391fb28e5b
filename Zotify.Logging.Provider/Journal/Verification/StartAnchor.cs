using System.Text.Json;

namespace Zotify.Logging.Provider.Journal.Verification;

/// <summary>
/// Whether a chain may begin above 1: an event <c>audit.pruned</c> further on in the chain says through which line
/// retention took the beginning away, and that line's hash. Not thread-safe.
/// </summary>
/// <param name="first">The first line that is there.</param>
/// <param name="firstSeq">Its number.</param>
/// <param name="check">Computes hashes.</param>
internal sealed class StartAnchor(byte[] first, long firstSeq, ChainCheck check)
{
    private readonly List<ChainPosition> _joints = [];
    private long _prunedThrough;
    private long _refutedBy;

    /// <summary>Whether an event accounts for what is missing before the first line.</summary>
    public bool IsFound { get; private set; }

    /// <summary>Takes note of the end of a segment: retention prunes whole ones.</summary>
    public void AddJoint(ChainPosition end) => _joints.Add(end);

    /// <summary>Looks at an event <c>audit.pruned</c> of the chain.</summary>
    public void Consider(ReadOnlyMemory<byte> line, long seq)
    {
        if (!TryRead(line, out var through, out var hash)) return;
        if (through == firstSeq - 1)
        {
            if (ChainLine.TryParse(first, out var parsed, out _) && check.Links(hash, parsed)) IsFound = true;
            else _refutedBy = seq;
        }
        else if (through < firstSeq)
        {
            _prunedThrough = Math.Max(_prunedThrough, through);
        }
        else
        {
            // Retention was interrupted: what it announced is not all gone yet. The first line's own content is not proven
            // then, but it has to go as well.
            IsFound |= _joints.Exists(joint => joint.Seq == through && joint.Hash.AsSpan().SequenceEqual(hash));
        }
    }

    /// <summary>What is wrong with the start, once the whole chain was read.</summary>
    /// <param name="isRequired">Whether the files are the whole journal; a copy may begin anywhere.</param>
    public ChainFault? Judge(bool isRequired)
    {
        if (IsFound) return null;
        if (_refutedBy > 0)
            return new ChainFault(firstSeq, $"its hash does not follow from the one that audit.pruned, line {_refutedBy}, states for line {firstSeq - 1}");
        return isRequired
            ? new ChainFault(_prunedThrough + 1, $"it is missing: the files begin with line {firstSeq}, and no audit.pruned accounts for what was before it")
            : null;
    }

    /// <summary>Reads what an event <c>audit.pruned</c> says; false where it says no such thing.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> line, out long through, out byte[] hash)
    {
        (through, hash) = (0, []);
        try
        {
            using var json = JsonDocument.Parse(line);
            if (!json.RootElement.TryGetProperty("details", out var details)
                || details.ValueKind != JsonValueKind.Object
                || !details.TryGetProperty("through_seq", out var seq)
                || seq.ValueKind != JsonValueKind.Number
                || !seq.TryGetInt64(out through)
                || !details.TryGetProperty("through_hash", out var text)
                || text.ValueKind != JsonValueKind.String
                || HashChain.Parse(text.GetString()) is not { } parsed) return false;
            hash = parsed;
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The reader calls it an invalid operation where a text is no Unicode.
            return false;
        }
    }
}
