using System.Buffers;

namespace Zotify.Logging.Journal;

/// <summary>
/// A growing buffer that lines are written into. Bytes can be removed at its end and at its beginning. Reused; not thread-safe.
/// </summary>
internal sealed class LineBuffer : IBufferWriter<byte>
{
    private const int SmallSize = 64 * 1024;

    /// <summary>An empty buffer of more bytes is released.</summary>
    private const int KeptSize = 4 * 1024 * 1024;

    private byte[] _bytes = new byte[SmallSize];

    /// <summary>How many bytes are written.</summary>
    public int Length { get; private set; }

    /// <summary>The written bytes from <paramref name="start"/> on.</summary>
    public ReadOnlySpan<byte> From(int start) => _bytes.AsSpan(start, Length - start);

    /// <summary>Removes bytes at the end.</summary>
    public void Truncate(int length) => Length = length;

    /// <summary>Removes bytes at the beginning.</summary>
    public void RemoveFirst(int count)
    {
        Length -= count;
        if (Length > 0) Buffer.BlockCopy(_bytes, count, _bytes, 0, Length);
        else if (_bytes.Length > KeptSize) _bytes = new byte[SmallSize];
    }

    /// <inheritdoc/>
    public void Advance(int count) => Length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Length);
    }

    private void Reserve(int sizeHint)
    {
        var needed = Length + Math.Max(sizeHint, 256);
        if (needed > _bytes.Length) Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
    }
}
