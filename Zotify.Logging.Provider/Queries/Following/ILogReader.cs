namespace Zotify.Logging.Queries;

/// <summary>Reads a log from a cursor on. Used by one thread at a time.</summary>
/// <typeparam name="TEntry">The log's entries.</typeparam>
internal interface ILogReader<TEntry> : IDisposable
{
    /// <summary>
    /// The time between two polls of a log that does not notify its readers. Half of it is the usual delay of an entry. Entries that arrive
    /// within it are sent together.
    /// </summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>The cursor after everything that was read.</summary>
    string Cursor { get; }

    /// <summary>Waits until the next poll is due. Called only after <see cref="RemoveFilter"/>.</summary>
    Task WaitAsync(TimeProvider time, CancellationToken cancellationToken) => Task.Delay(PollInterval, time, cancellationToken);

    /// <summary>
    /// Whether entries may have been added since the last call: a cheap check before <see cref="ReadAsync"/>, for a caller that polls the
    /// log's end.
    /// </summary>
    bool MayHaveMore();

    /// <summary>
    /// Reads the next block, which has no items if nothing in it matches. Returns <see langword="null"/> at the end; call it again later.
    /// </summary>
    ValueTask<LogBlock<TEntry>?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Removes the filter. From then on, the reader returns all entries, for all subscribers at the log's end.</summary>
    void RemoveFilter();
}
