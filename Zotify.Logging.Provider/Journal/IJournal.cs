namespace Zotify.Logging.Journal;

/// <summary>What the projector sees of a journal that this process writes. Thread-safe.</summary>
internal interface IJournal
{
    /// <summary>The journal's id (UUIDv7), stored in a small file next to it. It changes when the journal starts anew.</summary>
    Guid Id { get; }

    /// <summary>The active segment's file name.</summary>
    string FileName { get; }

    /// <summary>The number of the last line that is flushed to the disk; 0 where there is none. Readers read no further.</summary>
    long DurableSeq { get; }

    /// <summary>How many commits callers have waited for since the start.</summary>
    long AwaitedCommits => 0;

    /// <summary>Returns when <see cref="DurableSeq"/> is above <paramref name="seq"/>.</summary>
    Task WaitDurableAsync(long seq, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the durable lines after <paramref name="checkpoint"/>, at most <paramref name="max"/> of them, and
    /// fewer where they are long. Empty when there are none.
    /// </summary>
    /// <exception cref="JournalTruncatedException">The line at the checkpoint is gone, or is another one.</exception>
    /// <exception cref="IOException">A file cannot be read now, or was removed; the next commit restores it.</exception>
    IReadOnlyList<JournalLine> Read(JournalCheckpoint checkpoint, int max);

    /// <summary>
    /// Whether the files still hold the line at the checkpoint, unchanged and on the disk. Also true where retention deleted all lines up
    /// to it.
    /// </summary>
    /// <exception cref="IOException">A file cannot be read now, or was removed; the next commit restores it.</exception>
    bool Holds(JournalCheckpoint checkpoint);

    /// <summary>
    /// Gives the journal a new id, because lines that the database has under the old one are not in the files any more. Numbers and chain
    /// go on.
    /// </summary>
    void Renew();

    /// <summary>
    /// Gives the journal back the id under which the database has its lines, because the id file was lost. Numbers and chain go on.
    /// </summary>
    void Adopt(Guid id);
}
