namespace Zotify.Logging.Journal;

/// <summary>An open segment, as the writer uses it. Behind an interface, so that a test can make every operation fail.</summary>
internal interface IJournalFile : IDisposable
{
    /// <summary>The length in bytes.</summary>
    long Length { get; }

    /// <summary>Whether the path leads to this file, by device and inode: nobody deleted, renamed or replaced it.</summary>
    bool IsAt(string path);

    /// <summary>Writes all bytes at the offset.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Cuts the file.</summary>
    void SetLength(long length);

    /// <summary>Returns when everything written is on the disk (fdatasync).</summary>
    /// <exception cref="IOException">The system could not write it, and may have dropped it.</exception>
    void FlushToDisk();

    /// <summary>Copies the content to a new file, and flushes that to the disk.</summary>
    void CopyTo(string path);
}
