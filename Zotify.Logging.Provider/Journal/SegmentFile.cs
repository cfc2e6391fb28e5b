using Microsoft.Win32.SafeHandles;

namespace Zotify.Logging.Provider.Journal;

/// <summary>A segment on a real disk.</summary>
internal sealed class SegmentFile : IJournalFile
{
    private readonly SafeFileHandle _handle;
    private readonly FilePlace _place;

    private SegmentFile(SafeFileHandle handle, string path)
    {
        _handle = handle;
        _place = new FilePlace(handle, path);
    }

    /// <inheritdoc/>
    public long Length => RandomAccess.GetLength(_handle);

    /// <inheritdoc/>
    public bool IsInPlace => _place.IsSame;

    /// <summary>Opens or creates the file. Others may read it, and rename it.</summary>
    public static SegmentFile Open(string path) =>
        new(File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete), path);

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(_handle, bytes, offset);

    /// <inheritdoc/>
    public void SetLength(long length) => RandomAccess.SetLength(_handle, length);

    /// <inheritdoc/>
    public void FlushToDisk() => RandomAccess.FlushToDisk(_handle);

    /// <inheritdoc/>
    public void CopyTo(string path)
    {
        using var copy = new FileStream(path, FileMode.Create, FileAccess.Write);
        var block = new byte[256 * 1024];
        for (long offset = 0; RandomAccess.Read(_handle, block, offset) is > 0 and var read; offset += read) copy.Write(block.AsSpan(0, read));
        copy.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
