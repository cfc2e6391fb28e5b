using Zotify.Logging.Common;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>
/// The lines that were set aside because nothing can be made of them or the database refuses them: a file beside their
/// journal, <c>audit.log.json.rejected</c>, of one <see cref="RejectedEntry"/> a line. It only grows. Used by one projector;
/// <see cref="Count"/> is thread-safe.
/// </summary>
/// <param name="journalPath">The absolute path of the journal's active file.</param>
/// <param name="time">The clock of the entries.</param>
/// <param name="report">Takes each line that was set aside, and why.</param>
internal sealed class RejectedJournal(string journalPath, TimeProvider time, Action<string, Exception?> report)
{
    private readonly string _path = journalPath + SideFiles.Rejected;
    private readonly LineBuffer _entries = new();
    private long _count;

    // What is on the disk: the entries' length in bytes, and of the present journal also its lines. A number alone does not say which line
    // it was:
    // another one has it after the file was cut.
    private readonly HashSet<(long Seq, string Key)> _known = [];
    private Guid _journal;
    private long _length;

    /// <summary>How many lines this process has set aside.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>
    /// Sets lines of the journal aside, and returns when they are on the disk. Those that are there already, because the
    /// transaction failed after it or the process ended, are not written again.
    /// </summary>
    /// <exception cref="IOException">Not all of them are on the disk.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write the file.</exception>
    public void Add(Guid journal, IReadOnlyList<RejectedLine> lines)
    {
        if (lines.Count == 0) return;
        using var file = OwnFile.OpenOrCreate(_path, unlinks: true);
        // Shorter than it was left: somebody has taken entries away.
        if (journal != _journal || file.Length < _length) Load(journal);
        var added = lines.Where(line => !_known.Contains((line.Line.Seq, RejectedEntry.KeyOf(line.Line.Utf8.Span)))).ToList();
        _entries.RemoveFirst(_entries.Length);
        foreach (var line in added) RejectedEntry.Write(_entries, journal, line, time.GetUtcNow());
        // Over what a failed attempt or a crash left behind the last whole entry, which may not be on the disk.
        file.SetLength(_length);
        file.Position = _length;
        file.Write(_entries.From(0));
        DiskFlush.Data(file);
        if (_length == 0) DiskFlush.Names(Path.GetDirectoryName(_path)!);

        _length += _entries.Length;
        foreach (var line in added) Added(line);
    }

    /// <summary>
    /// Every line that is set aside, with the id that the journal had then: its number and its <see cref="RejectedEntry.KeyOf"/>.
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
