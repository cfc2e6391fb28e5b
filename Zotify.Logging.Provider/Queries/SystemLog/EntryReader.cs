using System.Text;

namespace Zotify.Logging.Provider.Queries.SystemLog;

/// <summary>Reads the entries of a file from an offset on. Only whole lines are read. Not thread-safe.</summary>
/// <param name="file">The file.</param>
/// <param name="offset">The start of a line, in bytes.</param>
/// <remarks>
/// At the end of the file the last entry is given out with the lines that are there. Should the writer's single write be
/// seen in parts, the rest of an exception comes as an entry of its own: nothing is lost or repeated.
/// </remarks>
internal sealed class EntryReader(SystemLogFile file, long offset)
{
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>The offset after the last entry that was read, in bytes.</summary>
    public long Offset { get; private set; } = offset;

    /// <summary>Reads the next entry: a line with the lines after it that start with a tab.</summary>
    public bool TryRead(out string text)
    {
        var length = 0;
        var searched = 0;
        while (true)
        {
            var newline = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (newline < 0)
            {
                searched = _end - _start;
                if (Fill()) continue;
                break;
            }

            var lineStart = length;
            var lineEnd = searched + newline + 1;
            if (lineStart > 0 && _buffer[_start + lineStart] != (byte)'\t') break;
            length = searched = lineEnd;
        }

        text = length == 0 ? "" : Encoding.UTF8.GetString(_buffer, _start, length - 1);
        _start += length;
        Offset += length;
        return length > 0;
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = file.Read(_buffer.AsSpan(_end), Offset + _end);
        _end += read;
        return read > 0;
    }
}
