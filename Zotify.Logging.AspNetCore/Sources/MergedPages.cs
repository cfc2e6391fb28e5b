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
    public const int MaxReaders = 8;

    private readonly SemaphoreSlim _reading = new(MaxReaders);
    private readonly Lock _gate = new();
    private readonly List<MergedCursor> _waiting = [];

    /// <summary>The sources.</summary>
    public IReadOnlyList<ILineSource> Sources => sources;

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>Those who keep their sources open.</summary>
    public SemaphoreSlim Keeping { get; } = new(MaxReaders);

    /// <summary>
    /// The earliest cursor of the clients that could follow a run, where so many of them wait for their turn that the pages are too slow
    /// for them; otherwise <see langword="null"/>. A client that is slow by itself does not wait for a turn.
    /// </summary>
    /// <param name="counts">Which of them count; it is called with their cursors.</param>
    public MergedCursor? EarliestOfCrowd(Func<MergedCursor, bool> counts)
    {
        lock (_gate)
        {
            var crowd = _waiting.Where(counts).ToList();
            return crowd.Count < MaxReaders ? null : crowd.MinBy(cursor => cursor.Time)!.Clone();
        }
    }

    /// <summary>Begins to read.</summary>
    /// <param name="query">Which lines.</param>
    /// <param name="mayFollow">Whether the client could follow a run of all sources instead.</param>
    public MergedReading Open(MergedQuery query, bool mayFollow) => new(this, query, mayFollow);

    /// <summary>Waits for the turn of a client. Call <see cref="Leave"/> after its page.</summary>
    /// <param name="from">Where the client is, if it could follow a run; nobody changes it meanwhile.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task EnterAsync(MergedCursor? from, CancellationToken cancellationToken)
    {
        if (_reading.Wait(0, CancellationToken.None)) return;
        lock (_gate)
        {
            if (from is not null) _waiting.Add(from);
        }

        try
        {
            await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                if (from is not null) _waiting.Remove(from);
            }
        }
    }

    /// <summary>Ends the turn of a client.</summary>
    public void Leave() => _reading.Release();

    /// <inheritdoc/>
    public void Dispose()
    {
        _reading.Dispose();
        Keeping.Dispose();
    }
}
