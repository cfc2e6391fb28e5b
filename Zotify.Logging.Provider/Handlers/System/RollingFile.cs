using Microsoft.Win32.SafeHandles;
using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Provider.Handlers.System;

/// <summary>A log file that is appended to, and rolled by number. Used by one thread at a time.</summary>
/// <param name="path">The absolute path of the active file.</param>
internal sealed class RollingFile(string path) : IDisposable
{
    private SafeFileHandle? _file;

    /// <summary>The length of the active file in bytes, as it is now: others may cut it (copytruncate).</summary>
    public long Length => RandomAccess.GetLength(Opened());

    /// <summary>Opens the active file. One that ends in the middle of a line is ended first.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public void Open() => _ = Opened();

    /// <summary>Appends all bytes, or none.</summary>
    /// <exception cref="IOException">None was appended.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        var file = Opened();
        var end = RandomAccess.GetLength(file);
        try
        {
            RandomAccess.Write(file, bytes, end);
        }
        catch
        {
            // Part of it may be there: the next attempt writes all of it again.
            RandomAccess.SetLength(file, end);
            throw;
        }
    }

    /// <summary>Gives the active file the next number, begins another one, and deletes the oldest beyond <paramref name="retained"/>.</summary>
    /// <exception cref="IOException">It could not be rolled; the active file goes on.</exception>
    public void Roll(int retained)
    {
        Close();
        var rolled = RolledNames.Find(path);
        var next = rolled.Count == 0 ? 1 : rolled[^1].Number + 1;
        File.Move(path, Path.Combine(Path.GetDirectoryName(path)!, RolledNames.Of(Path.GetFileName(path), next)));
        Open();
        for (var i = 0; i < rolled.Count + 1 - retained; i++)
            File.Delete(i < rolled.Count ? rolled[i].Path : Path.Combine(Path.GetDirectoryName(path)!, RolledNames.Of(Path.GetFileName(path), next)));
    }

    /// <summary>Closes the file; the next use opens it again.</summary>
    public void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    private SafeFileHandle Opened()
    {
        // Moved or deleted by somebody else: what would be written to it now, nobody would find.
        if (_file is not null && !File.Exists(path)) Close();
        if (_file is not null) return _file;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var length = RandomAccess.GetLength(_file);
        Span<byte> last = stackalloc byte[1];
        if (length > 0 && RandomAccess.Read(_file, last, length - 1) == 1 && last[0] != (byte)'\n') RandomAccess.Write(_file, "\n"u8, length);
        return _file;
    }
}
