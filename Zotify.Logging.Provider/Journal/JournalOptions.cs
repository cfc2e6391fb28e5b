namespace Zotify.Logging.Journal;

/// <summary>The settings of a journal.</summary>
/// <param name="Directory">The directory, locked by this process.</param>
/// <param name="FileName">The active segment's name, such as <c>audit.log.json</c>.</param>
internal sealed record JournalOptions(string Directory, string FileName)
{
    /// <summary>The size in bytes at which the active segment is rolled; a record is never split.</summary>
    public Func<long> MaxFileSize { get; init; } = () => 64 * 1024 * 1024;

    /// <summary>The longest time a record waits for its fsync.</summary>
    public Func<TimeSpan> FlushInterval { get; init; } = () => TimeSpan.FromMilliseconds(10);

    /// <summary>Whether each line ends with the hash that chains it to the line before.</summary>
    public bool Chained { get; init; }

    /// <summary>The keys of the chain; the last one signs, none means plain SHA-256. Read once for each batch.</summary>
    public Func<IReadOnlyList<HashKey>> HashKeys { get; init; } = () => [];

    /// <summary>Called after a segment was rolled, inside the append that rolled it. It must neither block nor throw.</summary>
    public Action Rolled { get; init; } = () => { };

    /// <summary>
    /// Called before a segment is created in place of one that was taken away. Throws an <see cref="IOException"/> where another process
    /// has taken the directory.
    /// </summary>
    public Action EnsureHeld { get; init; } = () => { };

    /// <summary>Reports events and failures of the journal, such as a torn line that was moved away, or a failed flush.</summary>
    public Action<string, Exception?> Report { get; init; } = (_, _) => { };
}
