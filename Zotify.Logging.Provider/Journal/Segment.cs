using Zotify.Logging.Common;

namespace Zotify.Logging.Journal;

/// <summary>A file of a journal that holds lines.</summary>
/// <param name="Path">The absolute path.</param>
/// <param name="FirstSeq">The number of its first line.</param>
internal readonly record struct Segment(string Path, long FirstSeq)
{
    /// <summary>The rolled segments of a journal, oldest first.</summary>
    public static List<Segment> Rolled(string journalPath)
    {
        var active = System.IO.Path.GetFileName(journalPath);
        var segments = new List<Segment>();
        foreach (var path in Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(journalPath)!))
        {
            if (SegmentNames.TryParse(active, System.IO.Path.GetFileName(path), out var firstSeq))
                segments.Add(new Segment(path, firstSeq));
        }

        segments.Sort((a, b) => a.FirstSeq.CompareTo(b.FirstSeq));
        return segments;
    }

    /// <summary>All segments of a journal that hold lines, oldest first, the active one last.</summary>
    public static List<Segment> All(string journalPath)
    {
        var segments = Rolled(journalPath);
        if (PathCheck.IsFile(journalPath) && SegmentReader.FirstSeq(journalPath) is > 0 and var first)
            segments.Add(new Segment(journalPath, first));
        return segments;
    }
}
