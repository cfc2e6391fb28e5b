using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Zotify.Logging.Copying;

/// <summary>
/// A digest of rows, in whatever order they come: engines sort some texts differently. It is the sum of the SHA-256 of each row. The values
/// are hashed in a form that is the same for every engine. Not thread-safe.
/// </summary>
internal sealed class RowDigest
{
    private const byte Null = 0;
    private const byte Text = 1;
    private const byte Number = 2;
    private const byte Time = 3;
    private const byte Id = 4;

    private readonly ulong[] _sum = new ulong[SHA256.HashSizeInBytes / sizeof(ulong)];
    private readonly byte[] _hash = new byte[SHA256.HashSizeInBytes];
    private byte[] _bytes = new byte[4_096];
    private int _length;

    /// <summary>How many rows were added.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a row.</summary>
    public void Add(object?[] row)
    {
        _length = 0;
        foreach (var value in row) Add(value);
        SHA256.HashData(_bytes.AsSpan(0, _length), _hash);
        var lanes = MemoryMarshal.Cast<byte, ulong>(_hash);
        for (var i = 0; i < _sum.Length; i++) _sum[i] += lanes[i];
        Count++;
    }

    /// <summary>The digest of the rows so far: 64 hex digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(MemoryMarshal.AsBytes<ulong>(_sum));

    private void Add(object? value)
    {
        switch (value)
        {
            case null:
                Space(1)[0] = Null;
                break;
            case string text:
                AddText(text);
                break;
            case int number:
                AddNumber(Number, number);
                break;
            case long number:
                AddNumber(Number, number);
                break;
            case DateTime time:
                AddNumber(Time, time.Ticks);
                break;
            case Guid id:
                var space = Space(17);
                space[0] = Id;
                id.TryWriteBytes(space[1..]);
                break;
            default:
                throw new ArgumentException($"No column has a value of the type {value.GetType()}.", nameof(value));
        }
    }

    // A lone surrogate is U+FFFD in UTF-8, as it is in a SQLite file.
    private void AddText(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var space = Space(1 + sizeof(int) + length);
        space[0] = Text;
        BinaryPrimitives.WriteInt32LittleEndian(space[1..], length);
        Encoding.UTF8.GetBytes(text, space[(1 + sizeof(int))..]);
    }

    private void AddNumber(byte kind, long number)
    {
        var space = Space(1 + sizeof(long));
        space[0] = kind;
        BinaryPrimitives.WriteInt64LittleEndian(space[1..], number);
    }

    private Span<byte> Space(int length)
    {
        if (_bytes.Length - _length < length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + length));
        _length += length;
        return _bytes.AsSpan(_length - length, length);
    }
}
