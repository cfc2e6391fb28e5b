using System.Buffers.Binary;

namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>
/// Finds requests in what the driver sends over one connection. A request is one packet or more, and the last of them is marked. Not
/// thread-safe.
/// </summary>
internal sealed class TdsPackets
{
    private const int HeaderSize = 8;
    private const byte IsLast = 1;

    private readonly byte[] _header = new byte[HeaderSize];
    private int _have;
    private int _rest;

    /// <summary>The requests whose last packet begins in the next bytes.</summary>
    public List<TdsRequest> Read(ReadOnlySpan<byte> bytes)
    {
        var requests = new List<TdsRequest>();
        while (bytes.Length > 0)
        {
            if (_rest > 0)
            {
                var payload = Math.Min(_rest, bytes.Length);
                _rest -= payload;
                bytes = bytes[payload..];
                continue;
            }

            _header[_have++] = bytes[0];
            bytes = bytes[1..];
            if (_have < HeaderSize) continue;
            _have = 0;
            _rest = BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(2)) - HeaderSize;
            if ((_header[1] & IsLast) != 0) requests.Add((TdsRequest)_header[0]);
        }

        return requests;
    }
}
