using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Tests.Journal;

/// <summary>A file of a <see cref="FaultyDisk"/>. A failing write leaves two thirds of its bytes.</summary>
internal sealed class FaultyFile(FaultyDisk disk, IJournalFile file) : IJournalFile
{
    public long Length => file.Length;

    public bool IsAt(string path)
    {
        var isAt = file.IsAt(path);
        disk.AfterLook();
        return isAt;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        disk.BeforeWrite();
        // Once: the test may let the disk recover meanwhile.
        var fails = disk.FailWrite;
        file.Write(fails ? bytes[..(bytes.Length * 2 / 3)] : bytes, offset);
        if (fails) throw new IOException("No space left on device");
    }

    public void SetLength(long length)
    {
        if (disk.FailCut) throw new IOException("Input/output error");
        file.SetLength(length);
    }

    public void FlushToDisk()
    {
        disk.BeforeFlush();
        file.FlushToDisk();
    }

    public void CopyTo(string path) => file.CopyTo(path);

    public void Dispose() => file.Dispose();
}
