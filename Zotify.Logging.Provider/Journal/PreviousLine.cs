namespace Zotify.Logging.Journal;

/// <summary>A line that was read backwards from its end.</summary>
/// <param name="Start">The offset where it begins, in bytes.</param>
/// <param name="Bytes">The line without its end. For a line that is too long, the text of <see cref="OverlongLine"/>.</param>
internal readonly record struct PreviousLine(long Start, byte[] Bytes);
