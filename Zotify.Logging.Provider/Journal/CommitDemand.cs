namespace Zotify.Logging.Journal;

/// <summary>How urgent the next commit is. Each value includes those before it.</summary>
internal enum CommitDemand
{
    /// <summary>Appended lines may wait for the flush interval.</summary>
    Linger,

    /// <summary>A caller awaits the appended lines: they are to be committed at once.</summary>
    Hurry,

    /// <summary>A commit is to run even without new lines, to repair an earlier failure.</summary>
    Attempt,
}
