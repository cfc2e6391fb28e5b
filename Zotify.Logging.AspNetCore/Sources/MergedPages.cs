namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// Reads what the sources have, page by page, merged by time. Few pages are read at a time, and few clients keep their sources open from
/// page to page; the others open them again. So a client that is slow costs a page, and holds up nobody. Thread-safe.
/// </summary>
/// <param name="sources">The sources.</param>
/// <param name="time">The clock.</param>
internal sealed class MergedPages(IReadOnlyList<ILineSource> sources, TimeProvider time) : IDisposable
{
    /// <summary>How many clients read a page at a time.</summary>
    private const int MaxReaders = 8;

    /// <summary>How many clients are a crowd.</summary>
    public const int Crowd = 8;

    private readonly SemaphoreSlim _reading = new(MaxReaders);
    private readonly Lock _gate = new();
    private readonly List<MergedReading> _alone = [];

    /// <summary>The sources.</summary>
    public IReadOnlyList<ILineSource> Sources => sources;

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>Those who keep their sources open.</summary>
    public SemaphoreSlim Keeping { get; } = new(MaxReaders);

    /// <summary>
    /// The earliest cursor of a crowd: of so many clients that read alone, and could follow a run together; <see langword="null"/> where
    /// there is none.
    /// </summary>
    /// <param name="counts">Which clients count; it is called with their cursors.</param>
    public MergedCursor? EarliestOfCrowd(Func<MergedCursor, bool> counts)
    {
        lock (_gate)
        {
            if (_alone.Count < Crowd) return null;
            var cursors = _alone.Select(reading => reading.At).Where(counts).ToList();
            return cursors.Count < Crowd ? null : cursors.MinBy(cursor => cursor.Time)!.Clone();
        }
    }

    /// <summary>Begins to read.</summary>
    /// <param name="query">Which lines.</param>
    /// <param name="at">Where to begin.</param>
    /// <param name="mayFollow">Whether the client could follow a run of all sources instead.</param>
    public MergedReading Open(MergedQuery query, MergedCursor at, bool mayFollow)
    {
        var reading = new MergedReading(this, query, at);
        lock (_gate)
        {
            if (mayFollow) _alone.Add(reading);
        }

        return reading;
    }

    /// <summary>Takes note that a client reads no more.</summary>
    public void Close(MergedReading reading)
    {
        lock (_gate) _alone.Remove(reading);
    }

    /// <summary>Waits for the turn of a client. Call <see cref="Leave"/> after its page.</summary>
    public Task EnterAsync(CancellationToken cancellationToken) => _reading.WaitAsync(cancellationToken);

    /// <summary>Ends the turn of a client.</summary>
    public void Leave() => _reading.Release();

    /// <inheritdoc/>
    public void Dispose()
    {
        _reading.Dispose();
        Keeping.Dispose();
    }
}
