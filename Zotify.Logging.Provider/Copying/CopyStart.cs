namespace Zotify.Logging.Copying;

/// <summary>What a copy finds in its target.</summary>
internal enum CopyStart
{
    /// <summary>No rows: it begins.</summary>
    Begun,

    /// <summary>A part of the rows: it goes on.</summary>
    Continued,

    /// <summary>All rows, as after a copy that ended before it could report that.</summary>
    Finished,
}
