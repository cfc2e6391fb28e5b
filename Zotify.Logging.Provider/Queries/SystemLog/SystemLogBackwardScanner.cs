using Zotify.Logging.Journal;

namespace Zotify.Logging.Queries;

/// <summary>Reads the entries of a file backwards from an offset, in blocks of 64 KiB.</summary>
/// <param name="file">The file; the caller closes it.</param>
/// <param name="end">The offset to start from: the end of a line.</param>
internal sealed class SystemLogBackwardScanner(SystemLogFile file, long end)
{
    private const int BlockSize = 64 * 1024;

    private byte[] _buffer = new byte[2 * BlockSize];
    private int _start = 2 * BlockSize;
    private int _end = 2 * BlockSize;

    /// <summary>The offset before the last entry that was returned.</summary>
    public long Offset { get; private set; } = end;

    /// <summary>Reads the entry before; false at the beginning of the file.</summary>
    /// <param name="entry">The entry with its line ends; valid until the next call.</param>
    public bool TryRead(out ReadOnlySpan<byte> entry)
    {
        // The newline that ends the entry is not the one that ends the line before it.
        var searched = 1;
        while (true)
        {
            var newline = _buffer.AsSpan(_start, Math.Max(0, _end - _start - searched)).LastIndexOf((byte)'\n');
            if (newline >= 0)
            {
                var line = _start + newline + 1;
                searched = _end - line + 1;
                if (_buffer[line] == (byte)'\t') continue;
                entry = Return(line);
                return true;
            }

            searched = Math.Max(1, _end - _start);
            // No entry is longer than the limit. A longer text is returned in pieces, so that memory stays bounded.
            if (searched <= OverlongLine.Limit && Fill()) continue;
            entry = Return(_start);
            return !entry.IsEmpty;
        }
    }

    private ReadOnlySpan<byte> Return(int start)
    {
        var entry = _buffer.AsSpan(start.._end);
        Offset -= entry.Length;
        _end = start;
        return entry;
    }

    /// <summary>Reads the previous block of the file into the buffer, before the buffered bytes.</summary>
    private bool Fill()
    {
        var count = _end - _start;
        var before = Offset - count;
        var size = (int)Math.Min(BlockSize, before);
        if (_start < size)
        {
            var larger = count + size > _buffer.Length ? new byte[_buffer.Length * 2] : _buffer;
            _buffer.AsSpan(_start, count).CopyTo(larger.AsSpan(larger.Length - count));
            (_buffer, _start, _end) = (larger, larger.Length - count, larger.Length);
        }

        for (var read = 0; read < size;)
        {
            var more = file.Read(_buffer.AsSpan(_start - size + read, size - read), before - size + read);
            // The file was truncated meanwhile. The next read from here detects that.
            if (more == 0) return false;
            read += more;
        }

        _start -= size;
        return size > 0;
    }
}
