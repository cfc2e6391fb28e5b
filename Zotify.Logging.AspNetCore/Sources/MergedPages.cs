namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// Reads what the sources have, page by page, merged by time. Few pages are read at a time, and few clients keep their sources open from
/// page to page; the others open them again. So a client that is slow costs a page, and holds up nobody. Thread-safe.
/// </summary>
/// <param name="sources">The sources.</param>
/// <param name="time">The clock.</param>
internal sealed class MergedPages(IReadOnlyList<ILineSource> sources, TimeProvider time) : IDisposable
{
    private const int MaxReaders = 8;

    /// <summary>The sources.</summary>
    public IReadOnlyList<ILineSource> Sources => sources;

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>Those who read a page.</summary>
    public SemaphoreSlim Reading { get; } = new(MaxReaders);

    /// <summary>Those who keep their sources open.</summary>
    public SemaphoreSlim Keeping { get; } = new(MaxReaders);

    /// <summary>Whether as many read as may, so that others wait.</summary>
    public bool AreAllReading => Reading.CurrentCount == 0;

    /// <summary>Begins to read.</summary>
    public MergedReading Open(MergedQuery query) => new(this, query);

    /// <inheritdoc/>
    public void Dispose()
    {
        Reading.Dispose();
        Keeping.Dispose();
    }
}
