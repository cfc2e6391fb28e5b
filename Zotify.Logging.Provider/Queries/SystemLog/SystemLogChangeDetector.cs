namespace Zotify.Logging.Queries;

/// <summary>
/// Detects cheaply, by the active file's length and times, that nothing was added: a poll of a quiet log costs one call to the file system.
/// Used by one thread at a time.
/// </summary>
/// <param name="path">The absolute path of the active file.</param>
internal sealed class SystemLogChangeDetector(string path)
{
    /// <summary>
    /// Two files that replace each other within one tick of the file system's clock can have the same length and times. So the file counts
    /// as unchanged only after this many equal polls, during which it is still read.
    /// </summary>
    private const int DoubtfulPolls = 50;

    private (bool Exists, long Length, DateTime Created, DateTime Written) _seen;
    private int _unchanged;

    /// <summary>
    /// Whether lines may have been added since the last call. Call it before reading: lines that are added during the read count for the
    /// next call.
    /// </summary>
    public bool MayHaveChanged()
    {
        var file = new FileInfo(path);
        var seen = file.Exists ? (true, file.Length, file.CreationTimeUtc, file.LastWriteTimeUtc) : default;
        _unchanged = seen == _seen ? Math.Min(_unchanged + 1, DoubtfulPolls) : 0;
        _seen = seen;
        return _unchanged < DoubtfulPolls;
    }
}
