namespace Zotify.Logging.Journal;

/// <summary>The position right after a line of a journal. It stays valid when segments are rolled and renamed.</summary>
/// <param name="Seq">The line's number; 0 before the first line.</param>
/// <param name="LineHash">SHA-256 of the line's bytes without its end, in lower-case hex; empty before the first line.</param>
/// <param name="Segment">The number of the first line of the line's segment; 0 before the first line.</param>
/// <param name="Offset">The offset in that segment, in bytes, right after the line's end.</param>
internal readonly record struct JournalCheckpoint(long Seq, string LineHash, long Segment, long Offset)
{
    /// <summary>Before the first line.</summary>
    public static JournalCheckpoint Start => new(0, "", 0, 0);
}
