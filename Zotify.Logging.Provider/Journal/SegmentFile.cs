using Microsoft.Win32.SafeHandles;
using Zotify.Logging.Common;

namespace Zotify.Logging.Journal;

/// <summary>A segment on a real disk.</summary>
internal sealed class SegmentFile : IJournalFile
{
    private readonly FileStream _stream;
    private readonly SafeFileHandle _handle;
    private readonly FileIdentity _identity;

    private SegmentFile(FileStream stream)
    {
        _stream = stream;
        _handle = stream.SafeFileHandle;
        _identity = FileIdentity.Of(_handle);
    }

    /// <inheritdoc/>
    public long Length => RandomAccess.GetLength(_handle);

    /// <summary>Opens or creates the file. Others may read it, and rename it.</summary>
    /// <exception cref="IOException">It cannot be opened, or is a symbolic link.</exception>
    public static SegmentFile Open(string path) => new(OwnFile.OpenOrCreate(path));

    /// <inheritdoc/>
    public bool IsAt(string path) => FileIdentity.OfName(path) == _identity;

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(_handle, bytes, offset);

    /// <inheritdoc/>
    public void SetLength(long length) => RandomAccess.SetLength(_handle, length);

    /// <inheritdoc/>
    public void FlushToDisk() => DiskFlush.Data(_handle, _stream.Name);

    /// <inheritdoc/>
    public void CopyTo(string path)
    {
        using var copy = OwnFile.Create(path);
        FileBlocks.Copy(_handle, from: 0, copy);
        DiskFlush.Data(copy);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
