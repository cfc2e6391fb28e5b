namespace Zotify.Logging.Provider.Queries.Following;

/// <summary>Reads a log on from a place of its own. Used by one thread at a time.</summary>
/// <typeparam name="TItem">What the log is read as.</typeparam>
internal interface ILogReader<TItem> : IDisposable
{
    /// <summary>The place after everything that was read.</summary>
    string Position { get; }

    /// <summary>
    /// Whether there may be something new since the last time this was asked: a cheap question before
    /// <see cref="ReadAsync"/>, for whoever asks again and again at the end.
    /// </summary>
    bool MayHaveMore();

    /// <summary>The next block, with no items where none of what was read matches; <see langword="null"/> at the end, where it can be asked again later.</summary>
    ValueTask<LogBlock<TItem>?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Goes on with all items, whatever it was made to filter.</summary>
    void ReadAll();
}
