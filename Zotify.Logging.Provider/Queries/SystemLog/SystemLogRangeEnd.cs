namespace Zotify.Logging.Queries;

/// <summary>Where a reader stops.</summary>
/// <param name="Cursor">The cursor after the last entry.</param>
/// <param name="Number">The number of its file: the file may be deleted before the reader reaches it.</param>
internal readonly record struct SystemLogRangeEnd(SystemLogCursor Cursor, long Number)
{
    /// <summary>Whether a reader at this offset has nothing left to read.</summary>
    public bool IsReached(SystemLogFile file, long offset) =>
        file.Number > Number || (file.Identity == Cursor.File && offset >= Cursor.Offset);
}
