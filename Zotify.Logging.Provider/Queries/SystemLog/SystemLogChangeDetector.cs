namespace Zotify.Logging.Queries;

/// <summary>
/// Tells cheaply, from what the file system says of the active file, that there is nothing new: a reader of a quiet log
/// costs one such question a poll. Used by one thread at a time.
/// </summary>
/// <param name="path">The absolute path of the active file.</param>
internal sealed class SystemLogChangeDetector(string path)
{
    /// <summary>
    /// Two files that follow each other within one tick of the file system's clock can look the same. So an unchanged look
    /// is trusted only when it has lasted, and the file was read meanwhile.
    /// </summary>
    private const int Doubtful = 50;

    private (bool Exists, long Length, DateTime Created, DateTime Written) _seen;
    private int _unchanged;

    /// <summary>Whether there may be something new since the last time. Ask before reading: what comes in while reading shows the next time.</summary>
    public bool MayHaveChanged()
    {
        var file = new FileInfo(path);
        var seen = file.Exists ? (true, file.Length, file.CreationTimeUtc, file.LastWriteTimeUtc) : default;
        _unchanged = seen == _seen ? Math.Min(_unchanged + 1, Doubtful) : 0;
        _seen = seen;
        return _unchanged < Doubtful;
    }
}
