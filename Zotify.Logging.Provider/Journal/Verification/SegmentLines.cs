namespace Zotify.Logging.Provider.Journal.Verification;

/// <summary>The whole lines of a segment; the first can be looked at before it is read. Not thread-safe.</summary>
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

    /// <summary>The first number that the name of a rolled segment states; <see langword="null"/> for the active one.</summary>
    public long? NamedSeq { get; }

    /// <summary>The first line; <see langword="null"/> where there was none.</summary>
    public byte[]? First { get; }

    /// <summary>How many bytes stand after the last line that was read: of a line that is being written, or was torn by a crash.</summary>
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
    /// Whether what stands after the last line, of a segment that was read to its end, can be of a line: a write that failed half-way
    /// leaves the beginning of one, and a crash of the system zeros. True where nothing stands there.
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
