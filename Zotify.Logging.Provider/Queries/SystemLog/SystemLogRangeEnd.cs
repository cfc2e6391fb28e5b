namespace Zotify.Logging.Queries;

/// <summary>The end of a reader's range.</summary>
/// <param name="Cursor">The cursor after the last entry.</param>
/// <param name="Number">The number of its file, because the file may be deleted before the reader comes to it.</param>
internal readonly record struct SystemLogRangeEnd(SystemLogCursor Cursor, long Number)
{
    /// <summary>Whether a reader at this offset has read the whole range.</summary>
    public bool IsReached(SystemLogFile file, long offset) =>
        file.Number > Number || (file.Identity == Cursor.File && offset >= Cursor.Offset);
}
