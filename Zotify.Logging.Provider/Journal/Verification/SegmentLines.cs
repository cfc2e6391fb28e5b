namespace Zotify.Logging.Journal;

/// <summary>The whole lines of a segment. The first can be inspected before it is read. Not thread-safe.</summary>
internal sealed class SegmentLines : IDisposable
{
    private readonly SegmentReader _reader;
    private readonly string _path;
    private byte[]? _ahead;

    private SegmentLines(string path, long? namedSeq)
    {
        _path = path;
        Name = Path.GetFileName(path);
        NamedSeq = namedSeq;
        _reader = new SegmentReader(path, 0);
        if (_reader.TryRead(out var first)) _ahead = First = first.ToArray();
    }

    /// <summary>The file's name.</summary>
    public string Name { get; }

    /// <summary>The first number in the name of a rolled segment; <see langword="null"/> for the active one.</summary>
    public long? NamedSeq { get; }

    /// <summary>The first line; <see langword="null"/> where there was none.</summary>
    public byte[]? First { get; }

    /// <summary>How many bytes follow the last line that was read. They belong to a line that is being written, or was torn by a
    /// crash.</summary>
    public long UnreadBytes => _reader.UnreadBytes;

    private static ReadOnlySpan<byte> Beginning => "{\"timestamp\":"u8;

    /// <summary>Opens the active segment; <see langword="null"/> where there is none.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SegmentLines? OpenActive(string path)
    {
        try
        {
            return new SegmentLines(path, namedSeq: null);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Opens a rolled segment.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SegmentLines Open(Segment segment) => new(segment.Path, segment.FirstSeq);

    /// <summary>Reads the next line, without its end. It is valid until the next call.</summary>
    public bool TryRead(out ReadOnlyMemory<byte> line)
    {
        if (_ahead is null) return _reader.TryRead(out line);
        (line, _ahead) = (_ahead, null);
        return true;
    }

    /// <summary>
    /// After the last line of a segment, returns whether the remaining bytes can be part of a line: a write that failed half-way leaves the
    /// beginning of one, and a crash of the system leaves zeros. Also true where no bytes remain.
    /// </summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public bool EndsWithPartOfALine()
    {
        if (UnreadBytes == 0) return true;
        using var file = File.OpenHandle(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var start = new byte[Beginning.Length];
        ReadOnlySpan<byte> bytes = start.AsSpan(0, RandomAccess.Read(file, start, _reader.Offset));
        return Beginning.StartsWith(bytes) || !bytes.ContainsAnyExcept((byte)0);
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();
}
