using System.Buffers.Binary;

namespace Zotify.Logging.Database;

/// <summary>The times of the rows of each block of a run: blocks follow the journal's numbers, answers the times.</summary>
internal sealed class TextBlockTimes
{
    private readonly (long Earliest, long Latest)?[] _blocks;

    /// <param name="count">How many blocks the run has.</param>
    public TextBlockTimes(int count) => _blocks = new (long, long)?[count];

    /// <summary>The times of the rows of a block, in ticks; <see langword="null"/> where it has no row.</summary>
    public (long Earliest, long Latest)? this[int block] => _blocks[block];

    /// <summary>The times of all rows; <see langword="null"/> where there is none.</summary>
    public (long Earliest, long Latest)? All => _blocks.Any(block => block is not null)
        ? (_blocks.Min(block => block?.Earliest)!.Value, _blocks.Max(block => block?.Latest)!.Value)
        : null;

    /// <summary>Adds the times of rows of a block.</summary>
    public void Add(int block, long earliest, long latest) => _blocks[block] = _blocks[block] is { } known
        ? (Math.Min(known.Earliest, earliest), Math.Max(known.Latest, latest))
        : (earliest, latest);

    /// <summary>Adds the times of another run's blocks, from a block on.</summary>
    public void Add(int block, TextBlockTimes others)
    {
        foreach (var times in others._blocks)
        {
            if (times is var (earliest, latest)) Add(block, earliest, latest);
            block++;
        }
    }

    /// <summary>The bytes, which begin with the run's last number as pages do.</summary>
    public byte[] Write(long lastSeq)
    {
        var output = new List<byte>();
        Span<byte> head = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(head, lastSeq);
        output.AddRange(head);
        long before = 0;
        foreach (var block in _blocks)
        {
            VarInt.Write(output, block is { } rows ? (ulong)(rows.Latest - rows.Earliest) + 1 : 0);
            if (block is not { } times) continue;
            VarInt.WriteSigned(output, times.Earliest - before);
            before = times.Earliest;
        }

        return [.. output];
    }

    /// <summary>Reads the times; <see langword="null"/> where they are of a run with another last number.</summary>
    public static TextBlockTimes? Read(ReadOnlySpan<byte> input, long lastSeq, int count)
    {
        if (input.Length < sizeof(long) || BinaryPrimitives.ReadInt64LittleEndian(input) != lastSeq) return null;
        var times = new TextBlockTimes(count);
        long before = 0;
        for (int block = 0, at = sizeof(long); block < count; block++)
        {
            var span = VarInt.Read(input, ref at);
            if (span == 0) continue;
            before += VarInt.ReadSigned(input, ref at);
            times._blocks[block] = (before, before + (long)(span - 1));
        }

        return times;
    }
}
