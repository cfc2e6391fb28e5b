namespace Zotify.Logging.Queries;

/// <summary>An entry as it is in its file.</summary>
/// <param name="Bytes">Its UTF-8 with the last line's end; valid until the next entry is read.</param>
/// <param name="Start">The cursor before it.</param>
/// <param name="End">The cursor after it.</param>
/// <param name="GapFrom">The cursor before the missing entries in front of this one; <see langword="null"/> if none are missing.</param>
internal readonly record struct SystemLogRawEntry(
    ReadOnlyMemory<byte> Bytes, SystemLogCursor Start, SystemLogCursor End, SystemLogCursor? GapFrom);
