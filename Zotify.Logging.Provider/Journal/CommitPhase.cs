namespace Zotify.Logging.Journal;

/// <summary>The phases in the life of a group commit.</summary>
internal enum CommitPhase
{
    /// <summary>It commits.</summary>
    Running,

    /// <summary>It commits the remaining lines, without waiting for the interval.</summary>
    Stopping,

    /// <summary>It commits no more lines, and refuses callers.</summary>
    Ended,
}
