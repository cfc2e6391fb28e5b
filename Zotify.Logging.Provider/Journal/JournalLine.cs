using System.Security.Cryptography;

namespace Zotify.Logging.Journal;

/// <summary>A whole line of a journal.</summary>
/// <param name="Seq">The line's number.</param>
/// <param name="Utf8">The line without its end.</param>
/// <param name="Segment">The number of the first line of its segment.</param>
/// <param name="End">The offset in that segment, in bytes, right after the line's end.</param>
internal readonly record struct JournalLine(long Seq, ReadOnlyMemory<byte> Utf8, long Segment, long End)
{
    /// <summary>The position right after this line.</summary>
    public JournalCheckpoint ToCheckpoint() => new(Seq, Hash(Utf8.Span), Segment, End);

    /// <summary>The hash by which a checkpoint recognizes its line: SHA-256 in lower-case hex.</summary>
    public static string Hash(ReadOnlySpan<byte> line) => Convert.ToHexStringLower(SHA256.HashData(line));
}
