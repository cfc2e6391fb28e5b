namespace Zotify.Logging.Journal;

/// <summary>
/// Checks whether a chain may begin above 1. An event <c>audit.pruned</c> later in the chain names the last line that retention deleted,
/// and that line's hash. The event counts only where the library wrote it (<see cref="PruneAnchor"/>) and, with keys configured, where it
/// or a later line of the chain is signed: a signature covers all lines before it. Not thread-safe.
/// </summary>
/// <param name="first">The first line that is there.</param>
/// <param name="firstSeq">Its number.</param>
/// <param name="check">Computes hashes.</param>
/// <param name="needsSignature">Whether keys are configured.</param>
internal sealed class StartAnchor(byte[] first, long firstSeq, ChainCheck check, bool needsSignature)
{
    private readonly List<ChainPosition> _joints = [];
    private long _prunedThrough;
    private long _refutedBy;
    private long _foundAt;
    private bool _isSigned;

    /// <summary>Whether an event accounts for what is missing before the first line.</summary>
    public bool IsFound => _foundAt > 0 && (_isSigned || !needsSignature);

    /// <summary>Adds the end of a segment. Retention deletes only whole segments.</summary>
    public void AddJoint(ChainPosition end) => _joints.Add(end);

    /// <summary>Adds a verified line of the chain, the first one included.</summary>
    /// <param name="line">The line.</param>
    /// <param name="position">The position after it.</param>
    /// <param name="isPruning">Whether it is named <c>audit.pruned</c>.</param>
    public void Add(ReadOnlyMemory<byte> line, ChainPosition position, bool isPruning)
    {
        if (isPruning) Consider(line, position.Seq);
        // The first line's own hash was not verified, so it could name any key.
        _isSigned |= position.IsSigned && position.Seq > firstSeq;
    }

    /// <summary>What is wrong with the start, after the whole chain was read; <see langword="null"/> where nothing is.</summary>
    /// <param name="isRequired">Whether the files are the whole journal; a copy may begin anywhere.</param>
    public ChainFault? FindFault(bool isRequired)
    {
        if (IsFound) return null;
        if (_refutedBy > 0)
        {
            return new ChainFault(
                firstSeq, $"its hash does not follow from the one that audit.pruned, line {_refutedBy}, states for line {firstSeq - 1}");
        }

        if (!isRequired) return null;
        return _foundAt > 0
            ? new ChainFault(
                firstSeq - 1,
                $"it is missing: audit.pruned, line {_foundAt}, accounts for it, but neither that line nor one after it is signed")
            : new ChainFault(
                _prunedThrough + 1,
                $"it is missing: the files begin with line {firstSeq}, and no audit.pruned accounts for the lines before it");
    }

    private void Consider(ReadOnlyMemory<byte> line, long seq)
    {
        if (PruneAnchor.Parse(line) is not { } anchor || HashChain.Parse(anchor.ThroughHash) is not { } hash) return;
        var through = anchor.ThroughSeq;
        if (through == firstSeq - 1)
        {
            if (ChainLine.TryParse(first, out var parsed, out _) && check.Links(hash, parsed)) Found(seq, parsed.KeyId is not null);
            else _refutedBy = seq;
        }
        else if (through < firstSeq)
        {
            _prunedThrough = Math.Max(_prunedThrough, through);
        }
        else
        {
            // Retention was interrupted: some of the lines that it announced still exist. The first line's own content is not proven then,
            // but that line is to be deleted as well.
            if (_joints.Exists(joint => joint.Seq == through && joint.Hash.AsSpan().SequenceEqual(hash))) Found(seq, isSigned: false);
        }
    }

    /// <summary>Records that an event accounts for the beginning. If it is the first line itself, it also proves that line's
    /// signature.</summary>
    private void Found(long seq, bool isSigned)
    {
        _foundAt = seq;
        _isSigned |= isSigned && seq == firstSeq;
    }
}
