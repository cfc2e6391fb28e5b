namespace Zotify.Logging.Queries;

/// <summary>An entry as it stands in its file.</summary>
/// <param name="Bytes">Its UTF-8 with the last line's end; valid until the next one is read.</param>
/// <param name="Start">The place before it.</param>
/// <param name="End">The place after it.</param>
/// <param name="GapFrom">Where entries before this one are gone: the place that they came after.</param>
internal readonly record struct SystemLogRawEntry(ReadOnlyMemory<byte> Bytes, SystemLogCursor Start, SystemLogCursor End, SystemLogCursor? GapFrom);
