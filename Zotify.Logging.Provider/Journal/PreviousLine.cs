namespace Zotify.Logging.Provider.Journal;

/// <summary>A line that was read from behind.</summary>
/// <param name="Start">The offset where it begins, in bytes.</param>
/// <param name="Bytes">The line without its end; for one that is too long, <see cref="OverlongLine"/>'s text.</param>
internal readonly record struct PreviousLine(long Start, byte[] Bytes);
