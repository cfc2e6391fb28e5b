using System.Text;

namespace Zotify.Logging.Provider.Journal.Verification;

/// <summary>
/// Reads a chained journal line by line and verifies each, every line once and in constant memory, up to the first fault.
/// Not thread-safe.
/// </summary>
/// <param name="files">The journal.</param>
/// <param name="keys">The keys that lines may be signed with.</param>
/// <param name="isWhole">Whether the files are the whole journal, so that a missing beginning must be accounted for.</param>
internal sealed class ChainReader(JournalFiles files, IReadOnlyList<HashKey> keys, bool isWhole) : IDisposable
{
    private readonly ChainCheck _check = new(keys);
    private int _at = -1;
    private SegmentLines? _segment;
    private long _nextBegin;
    private long? _namedBegin;
    private StartAnchor? _anchor;

    /// <summary>The place after the last verified line; <see langword="null"/> before the first.</summary>
    public ChainPosition? Position { get; private set; }

    /// <summary>The last verified line, valid until the next call.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>How many lines were verified.</summary>
    public long Checked { get; private set; }

    /// <summary>The number of the first line; <see langword="null"/> where there is none.</summary>
    public long? FirstSeq { get; private set; }

    /// <summary>The number of the first signed line; <see langword="null"/> where there is none.</summary>
    public long? SignedFrom { get; private set; }

    /// <summary>How many lines are void: written before a failed flush, and again in the next segment.</summary>
    public long VoidLines { get; private set; }

    /// <summary>How many bytes of an unfinished line the journal ends with.</summary>
    public long UnfinishedBytes { get; private set; }

    /// <summary>Whether the first line is known to follow what was before it.</summary>
    public bool IsAnchored => _anchor?.IsFound ?? true;

    /// <summary>The name of the segment that was read last.</summary>
    public string? File { get; private set; }

    /// <summary>What is wrong; <see langword="null"/> while all is well.</summary>
    public ChainFault? Fault { get; private set; }

    /// <summary>Reads and verifies the next line; false at the end and at the first fault.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public bool Read()
    {
        while (Fault is null)
        {
            if (_segment is null && !OpenNext()) break;
            if (!_segment!.TryRead(out var line)) CloseSegment();
            else if (NextBeginsHere()) ReadVoid(line);
            else return Take(line);
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _segment?.Dispose();
        _check.Dispose();
    }

    private bool OpenNext()
    {
        if (_at + 1 >= files.Count)
        {
            Fault = _anchor?.Judge(isWhole);
            return false;
        }

        _segment = files.Open(++_at);
        _nextBegin = files.FirstSeq(_at + 1);
        File = _segment.Name;
        if (_segment.NamedSeq is not { } named) return true;
        var expected = Position?.Seq + 1 ?? _namedBegin ?? named;
        _namedBegin ??= named;
        // Readers take what the segment before holds from its number on for void.
        if (named != expected) Fail(Math.Min(named, expected), $"{File} stands where line {expected} is expected: a file is missing, or was renamed, or lines were moved");
        return Fault is null;
    }

    private void CloseSegment()
    {
        if (Position is { } end) _anchor?.AddJoint(end);
        UnfinishedBytes = _segment!.UnreadBytes;
        _segment.Dispose();
        _segment = null;
    }

    /// <summary>
    /// After a failed flush the writer goes on in a new segment: what the old one holds from there on is void. Only a
    /// segment that follows the chain here can have begun so; a number alone could be forged to hide lines.
    /// </summary>
    private bool NextBeginsHere()
    {
        if (_nextBegin == 0 || _nextBegin != (Position?.Seq + 1 ?? _namedBegin)) return false;
        if (Position is null && _nextBegin > 1) return true; // Nothing before it is there to follow.
        return files.FirstLineFrom(_at + 1) is { } line
            && ChainLine.TryParse(line, out var parsed, out _)
            && _check.Fault(parsed, Position ?? ChainPosition.Start, out _) is null;
    }

    /// <summary>Passes over void lines. The disk may have damaged them, but what can be read of them goes on with the same chain.</summary>
    private void ReadVoid(ReadOnlyMemory<byte> line)
    {
        var position = Position ?? ChainPosition.Start;
        do
        {
            if (!ChainLine.TryParse(line.Span, out var parsed, out _)) break;
            if ((Position is not null || parsed.Seq == 1) && _check.Fault(parsed, position, out position) is { } reason)
            {
                Fail(position.Seq + 1, $"a line that was added to {File} stands in its place: {reason}");
                return;
            }

            VoidLines++;
        }
        while (_segment!.TryRead(out line));
        CloseSegment();
    }

    private bool Take(ReadOnlyMemory<byte> line)
    {
        var expected = Position?.Seq + 1 ?? _namedBegin ?? 1;
        if (!ChainLine.TryParse(line.Span, out var parsed, out var reason)) return Fail(expected, reason);
        if (FirstSeq is null && _namedBegin is { } named && named != parsed.Seq)
            return Fail(Math.Min(named, parsed.Seq), $"{File} begins with line {parsed.Seq}: it was renamed, or lines were moved");
        if (FirstSeq is null && parsed.Seq > 1) return TakeUnlinked(line, parsed);
        if (_check.Fault(parsed, Position ?? ChainPosition.Start, out var after) is { } fault) return Fail(expected, fault);
        return Accept(line, parsed, after);
    }

    /// <summary>Takes the first line of a journal whose beginning is gone: its own hash cannot be computed, and all others follow from it.</summary>
    private bool TakeUnlinked(ReadOnlyMemory<byte> line, in ChainLine parsed)
    {
        if (HashChain.Parse(Encoding.ASCII.GetString(parsed.Hash)) is not { } hash) return Fail(parsed.Seq, "it does not end with its hash");
        _anchor = new StartAnchor(line.ToArray(), parsed.Seq, _check, needsSignature: keys.Count > 0);
        return Accept(line, parsed, new ChainPosition(parsed.Seq, hash, parsed.KeyId is not null));
    }

    private bool Accept(ReadOnlyMemory<byte> line, in ChainLine parsed, ChainPosition after)
    {
        Position = after;
        Line = line;
        Checked++;
        FirstSeq ??= parsed.Seq;
        if (after.IsSigned) SignedFrom ??= parsed.Seq;
        _anchor?.Add(line, after, parsed.IsPruning);
        return true;
    }

    private bool Fail(long seq, string reason)
    {
        Fault = new ChainFault(seq, reason);
        return false;
    }
}
