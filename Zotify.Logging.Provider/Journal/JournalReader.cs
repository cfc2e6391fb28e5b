namespace Zotify.Logging.Journal;

/// <summary>Reads a journal's lines across its segments, from a checkpoint on. Keeps no state. Thread-safe.</summary>
internal static class JournalReader
{
    /// <summary>The most bytes that are read at once: a batch of long lines needs no more memory than one of short lines.</summary>
    private const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>
    /// Reads the lines after <paramref name="checkpoint"/> up to number <paramref name="lastSeq"/>, at most <paramref name="max"/>.
    /// </summary>
    /// <exception cref="JournalTruncatedException">The line at the checkpoint is gone, or is another one.</exception>
    public static IReadOnlyList<JournalLine> Read(string journalPath, JournalCheckpoint checkpoint, long lastSeq, int max)
    {
        if (checkpoint.Seq > lastSeq)
            throw new JournalTruncatedException(
                $"{Path.GetFileName(journalPath)} ends at line {lastSeq}; line {checkpoint.Seq} was there before");
        if (checkpoint.Seq == lastSeq) return [];

        var segments = Segment.All(journalPath);
        var (at, offset) = Locate(segments, checkpoint)
            ?? throw new JournalTruncatedException($"{Path.GetFileName(journalPath)} does not hold line {checkpoint.Seq} as it was read");
        var lines = new List<JournalLine>();
        var bytes = 0;
        for (; at < segments.Count && lines.Count < max && bytes < MaxBytes; at++, offset = 0)
        {
            // After a failed flush, the writer went on in a new segment: lines of the old one from that number on are void.
            var end = at + 1 < segments.Count ? segments[at + 1].FirstSeq - 1 : lastSeq;
            using var reader = new SegmentReader(segments[at].Path, offset);
            while (lines.Count < max && bytes < MaxBytes && reader.TryRead(out var line))
            {
                if (!LineFacts.TryReadSeq(line.Span, out var seq) || seq <= checkpoint.Seq) continue;
                if (seq > Math.Min(end, lastSeq)) break;
                bytes += line.Length;
                lines.Add(new JournalLine(seq, line.ToArray(), segments[at].FirstSeq, reader.Offset));
            }
        }

        return lines;
    }

    /// <summary>
    /// Whether the files hold the line at the checkpoint, unchanged. Also true where the files begin with the line after it: retention
    /// deletes segments that end at a checkpoint.
    /// </summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static bool Holds(string journalPath, JournalCheckpoint checkpoint) => Locate(Segment.All(journalPath), checkpoint) is not null;

    private static (int Segment, long Offset)? Locate(List<Segment> segments, JournalCheckpoint checkpoint)
    {
        if (checkpoint.Seq == 0) return (0, 0);
        var at = segments.FindIndex(segment => segment.FirstSeq == checkpoint.Segment);
        if (at >= 0
            && SegmentReader.LineBefore(segments[at].Path, checkpoint.Offset) is { } line
            && JournalLine.Hash(line.Bytes) == checkpoint.LineHash)
            return (at, checkpoint.Offset);
        // The line is not at its offset. A copy of the directory may be cut into other segments: find the line by its number.
        at = segments.FindLastIndex(segment => segment.FirstSeq <= checkpoint.Seq);
        if (at >= 0) return OffsetAfter(segments[at].Path, checkpoint) is { } offset ? (at, offset) : null;
        return segments.Count > 0 && segments[0].FirstSeq == checkpoint.Seq + 1 ? (0, 0) : null;
    }

    private static long? OffsetAfter(string path, JournalCheckpoint checkpoint)
    {
        using var reader = new SegmentReader(path, 0);
        while (reader.TryRead(out var line))
        {
            if (!LineFacts.TryRead(line.Span, out var facts) || facts.Seq < checkpoint.Seq) continue;
            return facts.Seq == checkpoint.Seq && JournalLine.Hash(line.Span) == checkpoint.LineHash ? reader.Offset : null;
        }

        return null;
    }
}
