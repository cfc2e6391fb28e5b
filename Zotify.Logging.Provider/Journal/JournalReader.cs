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
        var (at, offset) = Locate(segments, cursor)
            ?? throw new JournalTruncatedException($"{Path.GetFileName(journalPath)} does not hold line {cursor.Seq} as it was read");
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

    /// <summary>
    /// Whether the line at the cursor is in the files as it was. True also where the files begin with the next line: retention deletes
    /// segments that end at a cursor.
    /// </summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static bool Holds(string journalPath, JournalCursor cursor) => Locate(Segment.All(journalPath), cursor) is not null;

    private static (int Segment, long Offset)? Locate(List<Segment> segments, JournalCursor cursor)
    {
        if (cursor.Seq == 0) return (0, 0);
        var at = segments.FindIndex(segment => segment.FirstSeq == cursor.Segment);
        if (at >= 0 && SegmentReader.LineBefore(segments[at].Path, cursor.Offset) is { } line && JournalLine.Hash(line.Bytes) == cursor.LineHash)
            return (at, cursor.Offset);
        // Not where it was. A copy of the directory may have its segments cut elsewhere: the line's number finds it there.
        at = segments.FindLastIndex(segment => segment.FirstSeq <= cursor.Seq);
        if (at >= 0) return OffsetAfter(segments[at].Path, cursor) is { } offset ? (at, offset) : null;
        return segments.Count > 0 && segments[0].FirstSeq == cursor.Seq + 1 ? (0, 0) : null;
    }

    private static long? OffsetAfter(string path, JournalCursor cursor)
    {
        using var reader = new SegmentReader(path, 0);
        while (reader.TryRead(out var line))
        {
            if (!LineFacts.TryRead(line.Span, out var facts) || facts.Seq < cursor.Seq) continue;
            return facts.Seq == cursor.Seq && JournalLine.Hash(line.Span) == cursor.LineHash ? reader.Offset : null;
        }

        return null;
    }
}
