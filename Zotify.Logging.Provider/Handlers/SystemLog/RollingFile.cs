using Microsoft.Win32.SafeHandles;
using Zotify.Logging.Common;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Handlers;

/// <summary>
/// The active file and its rolled ones: appends, rolls to the next number, deletes the oldest. Opens the file when it is first used, and
/// again after a failure or when somebody moved the file away (logrotate). Used by one thread at a time.
/// </summary>
/// <param name="path">The absolute path.</param>
/// <param name="append">Writes bytes to the file.</param>
/// <param name="ensureHeld">Called before a file that was removed is created again. Throws if the directory belongs to another
/// process.</param>
internal sealed class RollingFile(string path, FileAppend append, Action? ensureHeld = null) : IDisposable
{
    private readonly RolledFiles _rolled = new(path);
    private FileStream? _stream;
    private FileIdentity _identity;
    private long _lastNumber;
    private long? _cutTo;

    /// <summary>The size in bytes.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be opened.</exception>
    public long Length => RandomAccess.GetLength(Open());

    /// <summary>Whether it is open and still has its name: nobody deleted, moved or replaced it.</summary>
    private bool IsActive => _stream is not null && FileIdentity.OfName(path) == _identity;

    /// <summary>Removes excess permissions from files that an older version made.</summary>
    public void Tighten()
    {
        OwnFile.Tighten(path);
        foreach (var number in _rolled.Numbers()) OwnFile.Tighten(_rolled.PathOf(number));
    }

    /// <summary>Appends all of <paramref name="bytes"/>, or nothing.</summary>
    /// <exception cref="IOException">Nothing was appended.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing was appended.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        var file = Open();
        // Read from the system each time: a remembered length would leave a hole after somebody truncated the file.
        var length = RandomAccess.GetLength(file);
        try
        {
            append(file, bytes, length);
        }
        catch
        {
            _cutTo = length;
            TryCut(file);
            Dispose();
            throw;
        }
    }

    /// <summary>
    /// Renames the file to the next number. The next use creates a new one. Where somebody moved the file away, whatever has its name now
    /// belongs to somebody else and is not renamed.
    /// </summary>
    /// <exception cref="IOException">The file keeps its name.</exception>
    /// <exception cref="UnauthorizedAccessException">The file keeps its name.</exception>
    public void Roll()
    {
        var isActive = IsActive;
        Dispose();
        if (!isActive) throw new IOException($"'{path}' was deleted, moved or replaced by another program");
        // The last number is remembered, too: the number of a deleted file is not used again, so that readers notice what they missed.
        var number = Math.Max(_lastNumber, _rolled.LastNumber()) + 1;
        File.Move(path, _rolled.PathOf(number));
        _lastNumber = number;
    }

    /// <summary>Deletes the oldest rolled files.</summary>
    /// <param name="retained">How many files to keep.</param>
    /// <exception cref="IOException">One could not be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">One could not be deleted.</exception>
    public void Prune(int retained)
    {
        foreach (var number in _rolled.Numbers().SkipLast(retained)) File.Delete(_rolled.PathOf(number));
    }

    /// <summary>Closes the file; the next use opens it again.</summary>
    public void Dispose()
    {
        _stream?.Dispose();
        _stream = null;
    }

    private SafeFileHandle Open()
    {
        if (IsActive) return _stream!.SafeFileHandle;
        Dispose();
        if (_identity != default) ensureHeld?.Invoke();
        OwnFile.CreateDirectory(Path.GetDirectoryName(path)!);
        // A symbolic link that replaced the file while it was written must not stop the log. At the start, the operator must remove it.
        if (_identity != default && OwnFile.IsLink(path)) SegmentFolder.MoveAside(path);
        // Shared in every way, so that readers, tail -F and logrotate work while it is written.
        var stream = OwnFile.OpenOrCreate(path);
        try
        {
            var file = stream.SafeFileHandle;
            if (_cutTo is not null) Cut(file);
            EndLastLine(file);
            _identity = FileIdentity.Of(file);
            _stream = stream;
            return file;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private void TryCut(SafeFileHandle file)
    {
        try
        {
            Cut(file);
        }
        catch (IOException)
        {
            // The append's failure is thrown. The file is cut before the next write.
        }
    }

    private void Cut(SafeFileHandle file)
    {
        if (_cutTo is { } length && RandomAccess.GetLength(file) > length) RandomAccess.SetLength(file, length);
        _cutTo = null;
    }

    /// <summary>Ends the half line that a killed process may have left: the next record must not become part of it.</summary>
    private void EndLastLine(SafeFileHandle file)
    {
        var length = RandomAccess.GetLength(file);
        Span<byte> last = stackalloc byte[1];
        if (length > 0 && RandomAccess.Read(file, last, length - 1) == 1 && last[0] != (byte)'\n') append(file, "\n"u8, length);
    }
}
