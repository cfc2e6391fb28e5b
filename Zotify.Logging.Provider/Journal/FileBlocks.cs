using Microsoft.Win32.SafeHandles;

namespace Zotify.Logging.Journal;

/// <summary>Copies a file in blocks: its bytes may be of any kind and length.</summary>
internal static class FileBlocks
{
    private const int BlockSize = 256 * 1024;

    /// <summary>Writes the bytes from an offset to the end of a file into a stream.</summary>
    public static void Copy(SafeFileHandle file, long from, Stream target)
    {
        var block = new byte[BlockSize];
        for (var offset = from; RandomAccess.Read(file, block, offset) is > 0 and var read; offset += read)
            target.Write(block.AsSpan(0, read));
    }
}
