namespace Zotify.Logging.Queries;

/// <summary>Reads a log on from a place of its own. Used by one thread at a time.</summary>
/// <typeparam name="TItem">What the log is read as.</typeparam>
internal interface ILogReader<TItem> : IDisposable
{
    /// <summary>How often a log is looked at that does not tell of news by itself: half of it is the usual delay of a line, and what comes in between is sent together.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>The place after everything that was read.</summary>
    string Position { get; }

    /// <summary>Waits until it is time to look for something new. Asked for by who took the reader over with <see cref="ReadAll"/>.</summary>
    Task WaitAsync(TimeProvider time, CancellationToken cancellationToken) => Task.Delay(PollInterval, time, cancellationToken);

    /// <summary>
    /// Whether there may be something new since the last time this was asked: a cheap question before
    /// <see cref="ReadAsync"/>, for whoever asks again and again at the end.
    /// </summary>
    bool MayHaveMore();

    /// <summary>The next block, with no items where none of what was read matches; <see langword="null"/> at the end, where it can be asked again later.</summary>
    ValueTask<LogBlock<TItem>?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Goes on with all items, whatever it was made to filter, for all followers of the log's end.</summary>
    void ReadAll();
}
