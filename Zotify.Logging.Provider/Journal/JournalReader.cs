namespace Zotify.Logging.Provider.Journal;

/// <summary>Reads a journal's lines across its segments, from a cursor on. Thread-safe: it keeps nothing.</summary>
internal static class JournalReader
{
    /// <summary>Reads the lines after <paramref name="cursor"/> up to number <paramref name="lastSeq"/>, at most <paramref name="max"/>.</summary>
    /// <exception cref="JournalTruncatedException">The line at the cursor is gone, or is another one.</exception>
    public static IReadOnlyList<JournalLine> Read(string journalPath, JournalCursor cursor, long lastSeq, int max)
    {
        if (cursor.Seq > lastSeq)
            throw new JournalTruncatedException($"{Path.GetFileName(journalPath)} ends at line {lastSeq}; line {cursor.Seq} was there before");
        if (cursor.Seq == lastSeq) return [];

        var segments = Segment.All(journalPath);
        var (at, offset) = Locate(segments, cursor, journalPath);
        var lines = new List<JournalLine>();
        for (; at < segments.Count && lines.Count < max; at++, offset = 0)
        {
            // After a failed flush the writer went on in a new segment: what the old one holds from there on is void.
            var end = at + 1 < segments.Count ? segments[at + 1].FirstSeq - 1 : lastSeq;
            using var reader = new SegmentReader(segments[at].Path, offset);
            while (lines.Count < max && reader.TryRead(out var line))
            {
                if (!LineFacts.TryRead(line.Span, out var facts) || facts.Seq <= cursor.Seq) continue;
                if (facts.Seq > Math.Min(end, lastSeq)) break;
                lines.Add(new JournalLine(facts.Seq, line.ToArray(), segments[at].FirstSeq, reader.Offset));
            }
        }

        return lines;
    }

    private static (int Segment, long Offset) Locate(List<Segment> segments, JournalCursor cursor, string journalPath)
    {
        if (cursor.Seq == 0) return (0, 0);
        var at = segments.FindIndex(segment => segment.FirstSeq == cursor.Segment);
        if (at >= 0)
        {
            var line = SegmentReader.LineBefore(segments[at].Path, cursor.Offset);
            if (line is null || JournalLine.Hash(line.Value.Bytes) != cursor.LineHash)
                throw new JournalTruncatedException($"{Path.GetFileName(journalPath)} has another line {cursor.Seq} than was read before");
            return (at, cursor.Offset);
        }

        // The cursor's segment may be pruned when the cursor stood at its end.
        at = segments.FindIndex(segment => segment.FirstSeq == cursor.Seq + 1);
        return at >= 0 ? (at, 0) : throw new JournalTruncatedException($"{Path.GetFileName(journalPath)} does not hold line {cursor.Seq} any more");
    }
}
