namespace Zotify.Logging.Journal;

/// <summary>The facts that retention needs about a segment that holds lines.</summary>
/// <param name="Path">The absolute path.</param>
/// <param name="IsActive">Whether lines are still appended to it.</param>
/// <param name="FirstSeq">The number of its first line.</param>
/// <param name="LastSeq">The number of its last valid line.</param>
/// <param name="Size">The size in bytes.</param>
/// <param name="LastTimestamp">
/// The time of its last valid line; <see langword="null"/> where the segment ends otherwise, or the line has no time.
/// </param>
/// <param name="LastHash">
/// The hash that its last valid line ends with; <see langword="null"/> where the segment ends otherwise, or is not chained.
/// </param>
internal sealed record SegmentFacts(
    string Path, bool IsActive, long FirstSeq, long LastSeq, long Size, DateTimeOffset? LastTimestamp, string? LastHash)
{
    /// <summary>Reads a segment's facts. Of the file, only the last lines are read.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SegmentFacts Read(Segment segment, long lastSeq, bool isActive)
    {
        var size = new FileInfo(segment.Path).Length;
        var unknown = new SegmentFacts(segment.Path, isActive, segment.FirstSeq, lastSeq, size, null, null);
        for (var offset = size; SegmentReader.LineBefore(segment.Path, offset) is { } line; offset = line.Start)
        {
            // Lines above the last number are void, or not on the disk yet.
            if (!LineFacts.TryRead(line.Bytes, out var facts) || facts.Seq > lastSeq) continue;
            return facts.Seq == lastSeq ? unknown with { LastTimestamp = LineTime.Of(line.Bytes), LastHash = facts.Hash } : unknown;
        }

        return unknown;
    }
}
