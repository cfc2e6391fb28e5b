using Zotify.Logging.Common;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>
/// The lines that were set aside because they cannot be read, or the database refuses them. They are in a file next to their journal,
/// <c>audit.log.json.rejected</c>, one <see cref="RejectedEntry"/> a line. The file only grows. Used by one projector; <see cref="Count"/>
/// is thread-safe.
/// </summary>
/// <param name="journalPath">The absolute path of the journal's active file.</param>
/// <param name="time">The clock of the entries.</param>
/// <param name="report">Reports each line that was set aside, and why.</param>
internal sealed class RejectedJournal(string journalPath, TimeProvider time, Action<string, Exception?> report)
{
    private readonly string _path = journalPath + SideFiles.Rejected;
    private readonly LineBuffer _entries = new();
    private long _count;

    // The state on the disk: the length of the entries in bytes, and the lines of the present journal. The key is needed besides the
    // number, because another line can get the same number after the file was cut.
    private readonly HashSet<(long Seq, string Key)> _known = [];
    private Guid _journal;
    private long _length;

    /// <summary>How many lines this process has set aside.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>
    /// Sets lines of the journal aside, and returns when they are on the disk. Lines that are already there, because the transaction failed
    /// afterwards or the process ended, are not written again.
    /// </summary>
    /// <exception cref="IOException">Not all of them are on the disk.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write the file.</exception>
    public void Add(Guid journal, IReadOnlyList<RejectedLine> lines)
    {
        if (lines.Count == 0) return;
        using var file = OwnFile.OpenOrCreate(_path, unlinks: true);
        // Shorter than this process left it: somebody removed entries.
        if (journal != _journal || file.Length < _length) Load(journal);
        var added = lines.Where(line => !_known.Contains((line.Line.Seq, RejectedEntry.KeyOf(line.Line.Utf8.Span)))).ToList();
        _entries.RemoveFirst(_entries.Length);
        foreach (var line in added) RejectedEntry.Write(_entries, journal, line, time.GetUtcNow());
        // Overwrite the rest of a failed attempt or a crash after the last whole entry. That rest may not be on the disk.
        file.SetLength(_length);
        file.Position = _length;
        file.Write(_entries.From(0));
        DiskFlush.Data(file);
        if (_length == 0) DiskFlush.Names(Path.GetDirectoryName(_path)!);

        _length += _entries.Length;
        foreach (var line in added) Added(line);
    }

    /// <summary>
    /// Every line that is set aside: the id that the journal had then, the line's number, and its <see cref="RejectedEntry.KeyOf"/>.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IReadOnlySet<(Guid Journal, long Seq, string Key)> Lines()
    {
        var lines = new HashSet<(Guid, long, string)>();
        if (!PathCheck.IsFile(_path)) return lines;
        using var reader = new SegmentReader(_path, 0);
        while (reader.TryRead(out var entry))
        {
            if (RejectedEntry.TryRead(entry, out var journal, out var seq, out var key)) lines.Add((journal, seq, key));
        }

        return lines;
    }

    private void Added(RejectedLine rejected)
    {
        _known.Add((rejected.Line.Seq, RejectedEntry.KeyOf(rejected.Line.Utf8.Span)));
        Interlocked.Increment(ref _count);
        report(
            $"Line {rejected.Line.Seq} of the journal {Path.GetFileName(journalPath)} cannot be in the database; "
            + $"it was set aside in {Path.GetFileName(_path)}.",
            rejected.Reason);
    }

    private void Load(Guid journal)
    {
        _known.Clear();
        using var reader = new SegmentReader(_path, 0);
        while (reader.TryRead(out var entry))
        {
            if (RejectedEntry.TryRead(entry, out var of, out var seq, out var key) && of == journal) _known.Add((seq, key));
        }

        _journal = journal;
        _length = reader.Offset;
    }
}
