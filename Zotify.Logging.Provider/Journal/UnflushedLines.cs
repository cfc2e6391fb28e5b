using System.Buffers;
using Zotify.Logging.Formats;

namespace Zotify.Logging.Journal;

/// <summary>
/// Numbers and chains lines, and keeps them until they are on the disk, because a failed fsync may lose them in the file. Used by one
/// thread at a time; <see cref="LastSeq"/> and <see cref="Size"/> are safe to read from any thread.
/// </summary>
/// <param name="options">The journal.</param>
/// <param name="lastSeq">The number of the last line that the files hold.</param>
/// <param name="lastHash">The hash of that line.</param>
internal sealed class UnflushedLines(JournalOptions options, long lastSeq, byte[] lastHash) : IDisposable
{
    private readonly ChainSeal _chain = new();
    private readonly LineBuffer _buffer = new();
    private byte[] _lastHash = lastHash;
    private long _lastSeq = lastSeq;

    // Bytes since the start. The buffer holds the difference.
    private long _appendedBytes;
    private long _flushedBytes;

    /// <summary>The number of the last line appended.</summary>
    public long LastSeq => Interlocked.Read(ref _lastSeq);

    /// <summary>The size of the lines that are not on the disk yet, in bytes.</summary>
    public long Size => Interlocked.Read(ref _appendedBytes) - Interlocked.Read(ref _flushedBytes);

    /// <summary>How many bytes were appended since the start.</summary>
    public long AppendedBytes => _appendedBytes;

    /// <summary>The lines that are not on the disk yet.</summary>
    public ReadOnlySpan<byte> Lines => _buffer.From(0);

    /// <summary>Appends the records as lines to the segment and to these lines: all to both, or none to either.</summary>
    /// <exception cref="IOException">The segment accepted none.</exception>
    public void AppendTo<T>(ActiveSegment segment, IReadOnlyList<T> records, IJournalFormat<T> format)
    {
        var batch = _buffer.Length;
        var seq = _lastSeq;
        var hash = _lastHash;
        var key = options.Chained && options.HashKeys() is [.., var last] ? last : null;
        try
        {
            for (var i = 0; i < records.Count; i++)
            {
                var start = _buffer.Length;
                format.Write(records[i], ++seq, _buffer);
                if (options.Chained) hash = _chain.Seal(_buffer, start, hash, key);
                _buffer.Write("\n"u8);
            }

            segment.Append(_buffer.From(batch), _lastSeq + 1);
        }
        catch
        {
            _buffer.Truncate(batch);
            throw;
        }

        Interlocked.Add(ref _appendedBytes, _buffer.Length - batch);
        _lastHash = hash;
        Interlocked.Exchange(ref _lastSeq, seq);
    }

    /// <summary>Removes the first <paramref name="bytes"/> bytes since the start, because they are on the disk.</summary>
    public void RemoveThrough(long bytes)
    {
        // A roll or a new segment may have removed more meanwhile.
        if (bytes <= _flushedBytes) return;
        _buffer.RemoveFirst((int)(bytes - _flushedBytes));
        Interlocked.Exchange(ref _flushedBytes, bytes);
    }

    /// <inheritdoc/>
    public void Dispose() => _chain.Dispose();
}
