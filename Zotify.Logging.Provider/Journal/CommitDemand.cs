namespace Zotify.Logging.Journal;

/// <summary>What callers demand of the next commit. Each value includes those before it.</summary>
internal enum CommitDemand
{
    /// <summary>Appended lines may wait for the flush interval.</summary>
    Linger,

    /// <summary>Somebody awaits the appended lines: they are to be committed at once.</summary>
    Hurry,

    /// <summary>A commit is to run even without new lines, because it mends what failed.</summary>
    Attempt,
}
