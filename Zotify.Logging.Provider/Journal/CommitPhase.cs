namespace Zotify.Logging.Journal;

/// <summary>Where the life of a group commit is.</summary>
internal enum CommitPhase
{
    /// <summary>It commits.</summary>
    Running,

    /// <summary>It commits what is left, without waiting for the interval.</summary>
    Stopping,

    /// <summary>It commits nothing any more, and refuses callers.</summary>
    Ended,
}
