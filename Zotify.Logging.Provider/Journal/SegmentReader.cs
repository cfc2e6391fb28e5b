using Microsoft.Win32.SafeHandles;

namespace Zotify.Logging.Journal;

/// <summary>
/// Reads the whole lines of a segment from an offset on, even while it is written or renamed. A line that is longer than any that the
/// library writes is replaced by the text of <see cref="OverlongLine"/>, so that memory is bounded, whatever is in the file. Not
/// thread-safe.
/// </summary>
internal sealed class SegmentReader : IDisposable
{
    // Below the size of the large object heap, which only a full collection frees.
    private const int BlockSize = 64 * 1024;

    /// <summary>The newlines before a line and after it.</summary>
    private const long EndsOfALine = 2;

    private readonly SafeFileHandle _file;
    private readonly int _limit;
    private byte[] _buffer = new byte[BlockSize];
    private int _start;
    private int _end;
    private long _offset;

    /// <param name="path">The segment.</param>
    /// <param name="offset">The start of a line, in bytes.</param>
    /// <param name="limit">The longest line that is read into memory, in bytes.</param>
    public SegmentReader(string path, long offset, int limit = OverlongLine.Limit)
    {
        _limit = limit;
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        _offset = offset;
    }

    /// <summary>The offset after the last line that was read, in bytes.</summary>
    public long Offset => _offset;

    /// <summary>How many bytes the file has after the last line that was read.</summary>
    public long UnreadBytes => RandomAccess.GetLength(_file) - _offset;

    /// <summary>The number of the first line that has one; 0 where there is none.</summary>
    public static long FirstSeq(string path)
    {
        using var reader = new SegmentReader(path, 0);
        while (reader.TryRead(out var line))
            if (LineFacts.TryRead(line.Span, out var facts)) return facts.Seq;
        return 0;
    }

    /// <summary>The line that ends at the offset; <see langword="null"/> where no line ends there.</summary>
    /// <param name="path">The segment.</param>
    /// <param name="offset">The offset right after the line's end, in bytes.</param>
    /// <param name="limit">The longest line that is read into memory, in bytes.</param>
    public static PreviousLine? LineBefore(string path, long offset, int limit = OverlongLine.Limit)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (offset < 1 || offset > RandomAccess.GetLength(file)) return null;
        long size = 4 * 1024;
        while (true)
        {
            var from = Math.Max(0, offset - size);
            var bytes = new byte[offset - from];
            if (LineEnds.ReadAll(file, bytes, from) < bytes.Length || bytes[^1] != (byte)'\n') return null;
            var newline = bytes.AsSpan(0, bytes.Length - 1).LastIndexOf((byte)'\n');
            var isWhole = newline >= 0 || from == 0;
            if (isWhole && bytes.Length - newline - 2 <= limit) return new PreviousLine(from + newline + 1, bytes[(newline + 1)..^1]);
            if (isWhole || size == limit + EndsOfALine)
            {
                var start = LineEnds.Last(file, offset - 1);
                return new PreviousLine(start, OverlongLine.Text(offset - 1 - start));
            }

            size = Math.Min(size * 4, limit + EndsOfALine);
        }
    }

    /// <summary>Reads the next whole line, without its end. It is valid until the next call.</summary>
    public bool TryRead(out ReadOnlyMemory<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var newline = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                var length = searched + newline;
                line = length <= _limit ? _buffer.AsMemory(_start, length) : OverlongLine.Text(length);
                _start += length + 1;
                _offset += length + 1;
                return true;
            }

            searched = _end - _start;
            if (searched > _limit) return TrySkip(out line);
            if (!Fill())
            {
                line = default;
                return false;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Skips a line that is too long. Returns false where its end is not there yet.</summary>
    private bool TrySkip(out ReadOnlyMemory<byte> line)
    {
        var end = _offset + _end - _start;
        _start = _end = 0;
        _buffer = new byte[BlockSize];
        line = default;
        while (true)
        {
            var read = RandomAccess.Read(_file, _buffer, end);
            if (read == 0) return false;
            var newline = _buffer.AsSpan(0, read).IndexOf((byte)'\n');
            end += newline >= 0 ? newline : read;
            if (newline < 0) continue;
            line = OverlongLine.Text(end - _offset);
            _offset = end + 1;
            return true;
        }
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length) Array.Resize(ref _buffer, (int)Math.Min(_buffer.Length * 2L, (long)_limit + BlockSize));
        var read = RandomAccess.Read(_file, _buffer.AsSpan(_end), _offset + _end);
        _end += read;
        return read > 0;
    }
}
