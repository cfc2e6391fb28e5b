namespace Zotify.Logging.Database;

/// <summary>What a connection that writes is used for, which decides the rights that it needs.</summary>
internal enum DatabaseUse
{
    /// <summary>Adds rows, and moves checkpoints.</summary>
    Write,

    /// <summary>Deletes old rows.</summary>
    Delete,
}
