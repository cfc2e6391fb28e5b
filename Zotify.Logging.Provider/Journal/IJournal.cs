namespace Zotify.Logging.Journal;

/// <summary>What the projector sees of a journal that this process writes. Thread-safe.</summary>
internal interface IJournal
{
    /// <summary>The journal's id (UUIDv7), in a file beside it; it changes when the journal starts anew.</summary>
    Guid Id { get; }

    /// <summary>The active segment's file name.</summary>
    string FileName { get; }

    /// <summary>The number of the last line that is flushed to the disk; 0 where there is none. Readers go no further.</summary>
    long DurableSeq { get; }

    /// <summary>Returns when <see cref="DurableSeq"/> is above <paramref name="seq"/>.</summary>
    Task WaitDurableAsync(long seq, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the durable lines after <paramref name="checkpoint"/>, at most <paramref name="max"/> of them. Empty when there are none.
    /// </summary>
    /// <exception cref="JournalTruncatedException">The line at the checkpoint is gone, or is another one.</exception>
    /// <exception cref="IOException">A file cannot be read now, or was taken away and comes back with the next commit.</exception>
    IReadOnlyList<JournalLine> Read(JournalCheckpoint checkpoint, int max);

    /// <summary>
    /// Whether the line at the checkpoint is in the files as it was, on the disk. True also where retention deleted all lines up to it.
    /// </summary>
    /// <exception cref="IOException">A file cannot be read now, or was taken away and comes back with the next commit.</exception>
    bool Holds(JournalCheckpoint checkpoint);

    /// <summary>
    /// Gives the journal a new id, because what the database knows of the old one is not in the files any more.
    /// Numbers and chain go on.
    /// </summary>
    void Renew();

    /// <summary>
    /// Gives the journal the id back that the database knows its lines by, because its own was lost. Numbers and chain go on.
    /// </summary>
    void Adopt(Guid id);
}
