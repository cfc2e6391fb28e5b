using System.Buffers;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Queries;

/// <summary>
/// Reads the entries of a file one after the other: a line and the following lines that start with a tab. Returns whole lines only. It
/// holds its buffer, 64 KiB or the longest entry, only while there is something to read.
/// </summary>
/// <param name="file">The file; the caller closes it.</param>
/// <param name="offset">The offset to start from.</param>
internal sealed class SystemLogForwardScanner(SystemLogFile file, long offset) : IDisposable
{
    private const int BlockSize = 64 * 1024;

    private byte[]? _buffer;
    private int _start;
    private int _end;
    private long? _heldAt;

    /// <summary>The offset after the last entry that was returned.</summary>
    public long Offset { get; private set; } = offset;

    /// <summary>Whether the buffer is empty, so that the next entry is read from the file.</summary>
    public bool IsDrained => _buffer is null;

    private int Count => _end - _start;

    /// <summary>Reads the next entry; false at the end of the whole lines.</summary>
    /// <param name="waits">
    /// Whether to hold an entry back, once, if the file ends in the middle of a line of its exception: the rest is being written.
    /// </param>
    /// <param name="entry">The entry with its line ends; valid until the next call.</param>
    public bool TryRead(bool waits, out ReadOnlyMemory<byte> entry)
    {
        entry = default;
        var lines = 0;
        var searched = 0;
        while (true)
        {
            var newline = _buffer.AsSpan(_start + searched, Count - searched).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                lines = searched += newline + 1;
                if (lines == Count || _buffer![_start + lines] == (byte)'\t') continue;
                entry = Return(lines);
                return true;
            }

            searched = Count;
            if (Count > OverlongLine.Limit)
            {
                // No entry is this long. The text is returned in pieces, so that memory stays bounded.
                entry = Return(lines > 0 ? lines : Count);
                return true;
            }

            if (Fill())
            {
                // The line that begins here shows whether the entry continues.
                if (lines == 0 || _buffer![_start + lines] == (byte)'\t') continue;
                entry = Return(lines);
                return true;
            }

            if (lines == 0 || (waits && lines < Count && !WasHeld()))
            {
                Dispose();
                return false;
            }

            entry = Return(lines);
            return true;
        }
    }

    /// <summary>Returns the buffer to the pool. The next read starts at <see cref="Offset"/>.</summary>
    public void Dispose()
    {
        if (_buffer is not null) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
        _start = _end = 0;
    }

    private ReadOnlyMemory<byte> Return(int length)
    {
        var entry = _buffer.AsMemory(_start, length);
        _start += length;
        Offset += length;
        return entry;
    }

    private bool WasHeld()
    {
        var end = Offset + Count;
        if (_heldAt == end) return true;
        _heldAt = end;
        return false;
    }

    private bool Fill()
    {
        _buffer ??= ArrayPool<byte>.Shared.Rent(BlockSize);
        if (_start > 0)
        {
            _buffer.AsSpan(_start, Count).CopyTo(_buffer);
            (_start, _end) = (0, Count);
        }

        if (_end == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.CopyTo(larger, 0);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var read = file.Read(_buffer.AsSpan(_end), Offset + Count);
        _end += read;
        return read > 0;
    }
}
