using Microsoft.Win32.SafeHandles;

namespace Zotify.Logging.Journal;

/// <summary>Finds the ends of lines backwards from an offset, in blocks: a line may be of any length.</summary>
internal static class LineEnds
{
    private const int BlockSize = 64 * 1024;

    /// <summary>The offset after the last newline before <paramref name="end"/>; 0 where there is none.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="end">An offset in bytes.</param>
    public static long Last(SafeFileHandle file, long end)
    {
        var block = new byte[Math.Min(BlockSize, end)];
        while (end > 0)
        {
            var from = Math.Max(0, end - block.Length);
            var newline = block.AsSpan(0, ReadAll(file, block.AsSpan(0, (int)(end - from)), from)).LastIndexOf((byte)'\n');
            if (newline >= 0) return from + newline + 1;
            end = from;
        }

        return 0;
    }

    /// <summary>Fills the span with the bytes at the offset. Returns fewer only at the end of the file.</summary>
    public static int ReadAll(SafeFileHandle file, Span<byte> bytes, long offset)
    {
        var total = 0;
        while (total < bytes.Length && RandomAccess.Read(file, bytes[total..], offset + total) is > 0 and var read) total += read;
        return total;
    }
}
