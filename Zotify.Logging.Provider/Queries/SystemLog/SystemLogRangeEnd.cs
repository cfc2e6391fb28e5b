namespace Zotify.Logging.Queries;

/// <summary>Where a reader stops.</summary>
/// <param name="Place">The place.</param>
/// <param name="Number">The number of its file: the file may be deleted before the reader comes to it.</param>
internal readonly record struct SystemLogRangeEnd(SystemLogCursor Place, long Number)
{
    /// <summary>Whether a reader in this place has nothing left to read.</summary>
    public bool IsReached(SystemLogFile file, long offset) =>
        file.Number > Number || (file.Identity == Place.File && offset >= Place.Offset);
}
