using System.Buffers.Text;

namespace Zotify.Logging.Journal;

/// <summary>The position right after a line of a chain.</summary>
/// <param name="Seq">The line's number.</param>
/// <param name="Hash">The line's hash, 32 bytes.</param>
/// <param name="IsSigned">Whether a key signed the line.</param>
internal readonly record struct ChainPosition(long Seq, byte[] Hash, bool IsSigned)
{
    /// <summary>Before the first line.</summary>
    public static ChainPosition Start => new(0, HashChain.First, false);

    /// <summary>Whether both are the same, hash by hash.</summary>
    public bool Equals(ChainPosition other) =>
        Seq == other.Seq && IsSigned == other.IsSigned && Hash.AsSpan().SequenceEqual(other.Hash.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Seq.GetHashCode();

    /// <summary>The hash as lines state it.</summary>
    public string HashText => Base64Url.EncodeToString(Hash);
}
