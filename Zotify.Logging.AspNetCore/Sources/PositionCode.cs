using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// The bytes of one source's position in the cursor of a merged stream: the name's hash, so that the order of the configuration does not
/// matter, and the position. Pure functions.
/// </summary>
internal static class PositionCode
{
    /// <summary>How many bytes of a name's hash there are.</summary>
    public const int NameLength = 4;

    /// <summary>The longest cursor of another instance, in bytes.</summary>
    public const int MaxCursor = 200;

    private const byte ByFile = 0;
    private const byte ByText = 1;
    private const byte ByTime = 2;
    private const byte Exclusive = 0x80;
    private const int IdentityBytes = 8;

    /// <summary>The hash of a name.</summary>
    public static uint HashOf(string name) => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    /// <summary>The bytes of a position; empty for the end, which needs none.</summary>
    /// <param name="name">The hash of the source's name.</param>
    /// <param name="position">The position.</param>
    /// <param name="isExclusive">Whether the line at the cursor is the one that the whole cursor belongs to.</param>
    public static byte[] Encode(uint name, SourcePosition position, bool isExclusive)
    {
        if (position.IsEnd) return [];
        var bytes = new List<byte>(24);
        bytes.AddRange(BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(name)));
        var flag = isExclusive ? Exclusive : (byte)0;
        if (position.Cursor is not { } cursor)
        {
            bytes.Add((byte)(ByTime | flag));
            VariableNumber.Write(bytes, position.Since!.Value.UtcTicks);
        }
        else if (SystemLogCursor.TryParse(cursor, out var file))
        {
            bytes.Add((byte)(ByFile | flag));
            bytes.AddRange(Convert.FromHexString(file.File));
            VariableNumber.Write(bytes, file.Offset);
        }
        else
        {
            bytes.Add((byte)(ByText | flag));
            var text = Encoding.UTF8.GetBytes(cursor);
            VariableNumber.Write(bytes, text.Length);
            bytes.AddRange(text);
        }

        return [.. bytes];
    }

    /// <summary>Reads the next position. Returns false where the bytes are none.</summary>
    public static bool TryDecode(ref ReadOnlySpan<byte> bytes, out uint name, out SourcePosition position, out bool isExclusive)
    {
        (name, position, isExclusive) = (0, default, false);
        if (bytes.Length <= NameLength) return false;
        name = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        var kind = bytes[NameLength];
        isExclusive = (kind & Exclusive) != 0;
        bytes = bytes[(NameLength + 1)..];
        switch (kind & ~Exclusive)
        {
            case ByTime when VariableNumber.TryRead(ref bytes, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks:
                position = SourcePosition.Of(new DateTimeOffset(ticks, TimeSpan.Zero));
                return true;
            case ByFile when bytes.Length > IdentityBytes:
                var file = Convert.ToHexStringLower(bytes[..IdentityBytes]);
                bytes = bytes[IdentityBytes..];
                if (!VariableNumber.TryRead(ref bytes, out var offset)) return false;
                position = SourcePosition.Of(string.Create(CultureInfo.InvariantCulture, $"{file}.{offset}"));
                return true;
            case ByText when VariableNumber.TryRead(ref bytes, out var length) && length <= MaxCursor && length <= bytes.Length:
                position = SourcePosition.Of(Encoding.UTF8.GetString(bytes[..(int)length]));
                bytes = bytes[(int)length..];
                return true;
            default:
                return false;
        }
    }
}
