using Zotify.Logging.Common;

namespace Zotify.Logging.Journal;

/// <summary>
/// The segments of a journal at one moment, while it may be written. The active one is kept open, so that it stays the successor of the
/// rolled ones even when it is rolled itself. Not thread-safe.
/// </summary>
internal sealed class JournalFiles : IDisposable
{
    private readonly JournalLocation _location;
    private readonly List<Segment> _rolled;
    private readonly long _activeLength;
    private SegmentLines? _active;

    private JournalFiles(JournalLocation location, List<Segment> rolled, SegmentLines? active, long activeLength)
    {
        _location = location;
        _rolled = rolled;
        _active = active;
        _activeLength = activeLength;
        Count = rolled.Count + (active is null ? 0 : 1);
    }

    /// <summary>How many segments there are.</summary>
    public int Count { get; }

    /// <summary>Whether a writer or retention has changed the files since.</summary>
    public bool HaveChanged => ListHasChanged || _activeLength != Length(_location);

    private bool ListHasChanged => !_rolled.SequenceEqual(Rolled(_location));

    /// <summary>Finds the segments, oldest first.</summary>
    /// <exception cref="IOException">The files cannot be read.</exception>
    public static JournalFiles Open(JournalLocation location)
    {
        while (true)
        {
            var rolled = Rolled(location);
            var activeLength = Length(location);
            var active = SegmentLines.OpenActive(location.JournalPath);
            // A roll between the two listings would make the active file follow a segment that is not in the list.
            if (rolled.SequenceEqual(Rolled(location))) return new JournalFiles(location, rolled, active, activeLength);
            active?.Dispose();
        }
    }

    /// <summary>
    /// The number that a segment begins with: from a rolled one's name, or the active one's first line; 0 where there is none.
    /// </summary>
    public long FirstSeq(int at)
    {
        if (at < _rolled.Count) return _rolled[at].FirstSeq;
        return at < Count && _active!.First is { } line && LineFacts.TryRead(line, out var facts) ? facts.Seq : 0;
    }

    /// <summary>The name of a segment.</summary>
    public string Name(int at) => Path.GetFileName(at < _rolled.Count ? _rolled[at].Path : _location.JournalPath);

    /// <summary>The first line at or after the beginning of a segment; <see langword="null"/> where there is none.</summary>
    /// <exception cref="FileNotFoundException">A segment was deleted meanwhile.</exception>
    /// <exception cref="IOException">A segment cannot be read.</exception>
    public byte[]? FirstLineFrom(int at)
    {
        for (; at < _rolled.Count; at++)
        {
            using var segment = OpenRolled(at);
            if (segment?.First is { } line) return line;
        }

        return _active?.First;
    }

    /// <summary>
    /// Opens a segment, at most once each. Returns <see langword="null"/> where it is listed but does not exist: a link that leads nowhere.
    /// </summary>
    /// <exception cref="FileNotFoundException">It was deleted meanwhile.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public SegmentLines? Open(int at)
    {
        if (at < _rolled.Count) return OpenRolled(at);
        var active = _active!;
        _active = null;
        return active;
    }

    /// <inheritdoc/>
    public void Dispose() => _active?.Dispose();

    private SegmentLines? OpenRolled(int at)
    {
        try
        {
            return SegmentLines.Open(_rolled[at]);
        }
        catch (FileNotFoundException) when (!ListHasChanged)
        {
            return null;
        }
    }

    private static List<Segment> Rolled(JournalLocation location)
    {
        if (!PathCheck.IsDirectory(Path.GetDirectoryName(location.JournalPath)!)) return [];
        return [.. Segment.Rolled(location.JournalPath).Where(segment => segment.FirstSeq >= location.From)];
    }

    private static long Length(JournalLocation location) => new FileInfo(location.JournalPath) is { Exists: true } file ? file.Length : 0;
}
