using Zotify.Logging.Journal;
using Zotify.Logging.Projection;

namespace Zotify.Logging.Queries;

/// <summary>
/// The numbers of a journal's lines that the database refused, from the file <c>.rejected</c> next to it. They are in order, so that the
/// file is read once. Opens nothing before its first use. Not thread-safe.
/// </summary>
/// <param name="journalPath">The absolute path of the journal's active file.</param>
/// <param name="journal">The journal's own id.</param>
internal sealed class RejectedSeqs(string journalPath, string journal) : IDisposable
{
    private SegmentReader? _entries;
    private bool _opened;
    private long _next;
    private string _nextKey = "";

    /// <summary>Whether exactly this line was set aside. Call it with ascending numbers.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public bool Contains(long seq, ReadOnlySpan<byte> line)
    {
        if (!_opened) Open();
        while (_next < seq && _entries is not null && _entries.TryRead(out var entry))
        {
            if (RejectedEntry.TryRead(entry, out var of, out var number, out var key)
                && string.Equals($"{of:D}", journal, StringComparison.OrdinalIgnoreCase))
                (_next, _nextKey) = (number, key);
        }

        return _next == seq && _nextKey == RejectedEntry.KeyOf(line);
    }

    /// <inheritdoc/>
    public void Dispose() => _entries?.Dispose();

    private void Open()
    {
        _opened = true;
        try
        {
            _entries = new SegmentReader(journalPath + SideFiles.Rejected, 0);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // Nothing was set aside.
        }
    }
}
