using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Zotify.Logging.Formats;

/// <summary>
/// Creates UUIDv7s as <see cref="Guid.CreateVersion7(DateTimeOffset)"/> does, but fetches the random bytes for many ids at once: to fetch
/// those of one id takes longer than to write half a line. Used by one thread at a time.
/// </summary>
internal sealed class TimedIds
{
    private const int Size = 16;
    private const int AtOnce = 64;

    private readonly byte[] _random = new byte[Size * AtOnce];
    private int _left;

    /// <summary>A new id. Ids sort by their time, to the millisecond.</summary>
    public Guid Next(DateTimeOffset time)
    {
        if (_left == 0)
        {
            RandomNumberGenerator.Fill(_random);
            _left = AtOnce;
        }

        var id = _random.AsSpan(Size * --_left, Size);
        // 48 bits of milliseconds, then version and variant (RFC 9562, 5.7).
        var milliseconds = time.ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteInt32BigEndian(id, (int)(milliseconds >> 16));
        BinaryPrimitives.WriteInt16BigEndian(id[4..], (short)milliseconds);
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
