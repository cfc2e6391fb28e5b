using System.Text;

namespace Zotify.Logging.Journal;

/// <summary>
/// Reads a chained journal up to the first fault, and verifies every line once, in constant memory. Not thread-safe.
/// </summary>
/// <param name="files">The journal.</param>
/// <param name="keys">The keys that lines may be signed with.</param>
/// <param name="isWhole">Whether the files are the whole journal. Then a missing beginning is a fault unless an event accounts for
/// it.</param>
/// <param name="start">The proven position before the first line of the files; <see langword="null"/> where none is known.</param>
internal sealed class ChainReader(JournalFiles files, IReadOnlyList<HashKey> keys, bool isWhole, ChainPosition? start = null) : IDisposable
{
    private readonly ChainCheck _check = new(keys);
    private readonly VoidLines _void = new();
    private int _at = -1;
    private SegmentLines? _segment;
    private long _nextBegin;
    private long? _namedBegin;
    private StartAnchor? _anchor;
    private byte[]? _unlinked;

    /// <summary>The position after the last verified line; <see langword="null"/> before the first.</summary>
    public ChainPosition? Position { get; private set; } = start;

    /// <summary>
    /// The position before the first line of the segment that was opened last; <see langword="null"/> where it is not known.
    /// </summary>
    public ChainPosition? SegmentStart { get; private set; }

    /// <summary>The last verified line, valid until the next call.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>How many lines were verified.</summary>
    public long Checked { get; private set; }

    /// <summary>The number of the first line; <see langword="null"/> where there is none.</summary>
    public long? FirstSeq { get; private set; }

    /// <summary>The number of the first signed line; <see langword="null"/> where there is none.</summary>
    public long? SignedFrom { get; private set; }

    /// <summary>How many lines are void: written before a failed flush, and again in the next segment.</summary>
    public long VoidLines => _void.Count;

    /// <summary>How many bytes of unfinished lines the segments end with.</summary>
    public long UnfinishedBytes { get; private set; }

    /// <summary>
    /// The last line that retention deleted, according to the <c>audit.pruned</c> events of the chain; 0 where there is none.
    /// </summary>
    public long PrunedThrough { get; private set; }

    /// <summary>
    /// True where all lines follow each other, and the only <see cref="Fault"/> is that no event accounts for the lines before the first.
    /// </summary>
    public bool LacksStart { get; private set; }

    /// <summary>Whether the first line provably follows from what was before it.</summary>
    public bool IsAnchored => _anchor?.IsFound ?? true;

    /// <summary>The name of the segment that was read last.</summary>
    public string? File { get; private set; }

    /// <summary>The first fault; <see langword="null"/> where there is none.</summary>
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
            else return Verify(line);
        }

        return false;
    }

    /// <summary>Whether the first line of a journal whose beginning is gone follows from this hash of the line before it.</summary>
    public bool FirstFollowsFrom(string? hash) =>
        _unlinked is not null && HashChain.Parse(hash) is { } previous
        && ChainLine.TryParse(_unlinked, out var parsed, out _) && _check.Links(previous, parsed);

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
            if (UnfinishedBytes == 0 && _void.NotWrittenAgain is { } fault) return Fail(fault);
            Fault = _anchor?.FindFault(isWhole);
            LacksStart = Fault is not null;
            return false;
        }

        if (files.Open(++_at) is not { } segment)
        {
            File = files.Name(_at);
            return Fail(Position?.Seq + 1 ?? files.FirstSeq(_at), $"{File} is a link that leads nowhere");
        }

        _segment = segment;
        _nextBegin = files.FirstSeq(_at + 1);
        File = _segment.Name;
        SegmentStart = Position ?? (BeginsJournal(segment) ? ChainPosition.Start : null);
        if (_segment.NamedSeq is not { } named) return true;
        var expected = Position?.Seq + 1 ?? _namedBegin ?? named;
        _namedBegin ??= named;
        // Readers treat lines of the segment before, from this segment's first number on, as void.
        if (named == expected) return true;
        return Fail(
            Math.Min(named, expected),
            $"{File} is where line {expected} is expected: a file is missing, or was renamed, or lines were moved");
    }

    private static bool BeginsJournal(SegmentLines segment) =>
        segment.First is { } line && LineFacts.TryRead(line, out var facts) && facts.Seq == 1;

    private void CloseSegment()
    {
        if (Position is { } end) _anchor?.AddJoint(end);
        UnfinishedBytes += _segment!.UnreadBytes;
        if (_segment.NamedSeq is not null && !_segment.EndsWithPartOfALine())
            Fail(Position?.Seq + 1 ?? _namedBegin ?? 1, $"{_segment.UnreadBytes} bytes were added to the end of {File}");
        _segment.Dispose();
        _segment = null;
    }

    /// <summary>
    /// Whether the next segment continues the chain here. Then it was begun after a failed flush, and the rest of this one is void. A
    /// number alone could be forged to hide lines, so the hash of the next segment's first line must follow as well.
    /// </summary>
    private bool NextBeginsHere()
    {
        if (_nextBegin == 0 || _nextBegin != (Position?.Seq + 1 ?? _namedBegin)) return false;
        if (Position is null && _nextBegin > 1) return true; // Nothing before it is there to follow.
        return files.FirstLineFrom(_at + 1) is { } line
            && ChainLine.TryParse(line, out var parsed, out _)
            && _check.Fault(parsed, Position ?? ChainPosition.Start, out _) is null;
    }

    /// <summary>
    /// Skips void lines. The writer begins the next segment with the same lines that the flush failed for. Any other line here was added
    /// later.
    /// </summary>
    private void ReadVoid(ReadOnlyMemory<byte> line)
    {
        var reason = ChainLine.TryParse(line.Span, out var parsed, out var fault) ? null : fault;
        if (reason is null && !line.Span.SequenceEqual(files.FirstLineFrom(_at + 1))) reason = "the next file does not begin with it";
        ChainPosition position = default;
        if (reason is null)
        {
            var hash = HashChain.Parse(Encoding.ASCII.GetString(parsed.Hash)) ?? HashChain.First;
            position = new ChainPosition(parsed.Seq, hash, parsed.KeyId is not null);
        }

        while (reason is null)
        {
            _void.Add(position, _nextBegin);
            if (!_segment!.TryRead(out line))
            {
                CloseSegment();
                return;
            }

            reason = ChainLine.TryParse(line.Span, out parsed, out fault) ? _check.Fault(parsed, position, out position) : fault;
        }

        Fail(_nextBegin, $"a line was added to the end of {File}: {reason}");
    }

    private bool Verify(ReadOnlyMemory<byte> line)
    {
        var expected = Position?.Seq + 1 ?? _namedBegin ?? 1;
        if (!ChainLine.TryParse(line.Span, out var parsed, out var reason)) return Fail(expected, reason);
        if (FirstSeq is null && _namedBegin is { } named && named != parsed.Seq)
            return Fail(Math.Min(named, parsed.Seq), $"{File} begins with line {parsed.Seq}: it was renamed, or lines were moved");
        if (Position is null && parsed.Seq > 1) return AcceptUnlinked(line, parsed);
        if (_check.Fault(parsed, Position ?? ChainPosition.Start, out var after) is not { } fault) return Accept(line, parsed, after);
        // If the line follows the supposedly void lines, they were not void: somebody put copies of lines before this one.
        var isCopied = _void.Last is { } end && _check.Fault(parsed, end, out _) is null;
        return Fail(isCopied ? parsed.Seq : expected, isCopied ? $"copies of lines were put before it in {File}" : fault);
    }

    /// <summary>
    /// Accepts the first line of a journal whose beginning is gone. Its own hash cannot be verified, but all others follow from it.
    /// </summary>
    private bool AcceptUnlinked(ReadOnlyMemory<byte> line, in ChainLine parsed)
    {
        if (HashChain.Parse(Encoding.ASCII.GetString(parsed.Hash)) is not { } hash)
            return Fail(parsed.Seq, "it does not end with its hash");
        _unlinked = line.ToArray();
        _anchor = new StartAnchor(_unlinked, parsed.Seq, _check, needsSignature: keys.Count > 0);
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
        if (parsed.IsPruning && PruneAnchor.Parse(line) is { } pruned) PrunedThrough = Math.Max(PrunedThrough, pruned.ThroughSeq);
        return _void.Fault(line, after) is not { } fault || Fail(fault);
    }

    private bool Fail(long seq, string reason) => Fail(new ChainFault(seq, reason));

    private bool Fail(ChainFault fault)
    {
        Fault = fault;
        return false;
    }
}
