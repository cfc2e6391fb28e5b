using Zotify.Logging.Journal;

namespace Zotify.Logging.Retention;

/// <summary>Finds the newest event <c>audit.pruned</c> of a journal in its files. Rows of the database do not count.</summary>
internal static class PruneAnchorSearch
{
    /// <summary>
    /// Finds the newest event that the library wrote, that follows from the hash of the line before, and that is signed where there are
    /// keys. Reads the newest segments first, and stops at the one that has the event.
    /// </summary>
    /// <param name="segments">All segments that hold lines, the oldest first.</param>
    /// <param name="keys">The keys that lines may be signed with.</param>
    /// <param name="cancellationToken">Ends the search between two segments.</param>
    /// <exception cref="IOException">A segment cannot be read.</exception>
    public static PruneAnchor? FindNewest(
        IReadOnlyList<SegmentFacts> segments, IReadOnlyList<HashKey> keys, CancellationToken cancellationToken)
    {
        using var check = new ChainCheck(keys);
        for (var i = segments.Count - 1; i >= 0; i--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (FindIn(segments[i], i > 0 ? segments[i - 1].LastHash : null, check, isSigned: keys.Count > 0) is { } anchor) return anchor;
        }

        return null;
    }

    /// <summary>Whether the first line of a segment follows from the hash that the event states.</summary>
    /// <exception cref="IOException">The segment cannot be read.</exception>
    public static bool IsFollowedBy(PruneAnchor anchor, SegmentFacts segment, IReadOnlyList<HashKey> keys)
    {
        using var check = new ChainCheck(keys);
        using var reader = new SegmentReader(segment.Path, 0);
        return reader.TryRead(out var line)
            && ChainLine.TryParse(line.Span, out var first, out _)
            && HashChain.Parse(anchor.ThroughHash) is { } previous
            && check.Links(previous, first);
    }

    private static PruneAnchor? FindIn(SegmentFacts segment, string? hashBefore, ChainCheck check, bool isSigned)
    {
        PruneAnchor? newest = null;
        using var reader = new SegmentReader(segment.Path, 0);
        // The line before is needed only for its hash. So each line is copied, and parsed only where an event follows it.
        var before = Array.Empty<byte>();
        var length = 0;
        while (reader.TryRead(out var line))
        {
            if (line.Span.IndexOf("\"audit.pruned\""u8) >= 0)
            {
                var hash = length > 0 && LineFacts.TryRead(before.AsSpan(0, length), out var facts) ? facts.Hash : hashBefore;
                newest = Read(line, segment.LastSeq, hash, check, isSigned) ?? newest;
            }

            length = line.Length;
            if (before.Length < length) before = new byte[length * 2];
            line.Span.CopyTo(before);
        }

        return newest;
    }

    private static PruneAnchor? Read(ReadOnlyMemory<byte> line, long lastSeq, string? hashBefore, ChainCheck check, bool isSigned)
    {
        if (PruneAnchor.Parse(line) is not { } anchor || !ChainLine.TryParse(line.Span, out var parsed, out _)) return null;
        if (parsed.Seq > lastSeq || (isSigned && parsed.KeyId is null)) return null;
        // If all lines before the event are gone, the event follows the line that it states.
        hashBefore ??= anchor.ThroughSeq == parsed.Seq - 1 ? anchor.ThroughHash : null;
        return HashChain.Parse(hashBefore) is { } previous && check.Links(previous, parsed) ? anchor : null;
    }
}
