using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>One client's reading of what the sources have. Used by one thread at a time, but for <see cref="At"/>.</summary>
/// <param name="pages">What all clients share.</param>
/// <param name="query">Which lines.</param>
/// <param name="at">Where to begin; nobody changes it.</param>
internal sealed class MergedReading(MergedPages pages, MergedQuery query, MergedCursor at) : IAsyncDisposable
{
    /// <summary>The most characters of a page, not counting its last line.</summary>
    private const int MaxSize = 16 * 1024;

    /// <summary>The most lines that are asked of a source at once: for one page, and for as long as the sources are kept open.</summary>
    private const int MaxLines = 1024;
    private const int MaxLinesKept = 16 * MaxLines;

    private volatile MergedCursor _at = at;
    private SourceReading?[]? _readings;
    private bool _isKept;

    /// <summary>The end of the last page; nobody changes it. Thread-safe.</summary>
    public MergedCursor At => _at;

    /// <summary>Reads the next page.</summary>
    /// <param name="away">Sources that are known to be away, and not asked.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<MergedPage> ReadAsync(string?[] away, CancellationToken cancellationToken)
    {
        var from = _at;
        await pages.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var wasOpen = _readings is not null;
            _readings ??= Open(from, away, cancellationToken);
            var (page, isCut) = await ReadAsync(_readings, from.Clone(), away).ConfigureAwait(false);
            if (wasOpen && HasLost(page, away))
            {
                // Another instance may have closed a connection on which nobody read for long. Only a new one tells whether it is away.
                await CloseAsync().ConfigureAwait(false);
                _readings = Open(from, away, cancellationToken);
                (page, isCut) = await ReadAsync(_readings, from.Clone(), away).ConfigureAwait(false);
            }

            if (!_isKept || isCut || page.IsLast) await CloseAsync().ConfigureAwait(false);
            _at = page.End;
            return page;
        }
        finally
        {
            pages.Leave();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        pages.Close(this);
        return CloseAsync();
    }

    private static bool HasLost(MergedPage page, string?[] away)
    {
        for (var i = 0; i < away.Length; i++)
        {
            if (page.Away[i] is not null && away[i] is null) return true;
        }

        return false;
    }

    private SourceReading?[] Open(MergedCursor from, string?[] away, CancellationToken cancellationToken)
    {
        _isKept = pages.Keeping.Wait(0, CancellationToken.None);
        var readings = new SourceReading?[pages.Sources.Count];
        for (var i = 0; i < readings.Length; i++)
        {
            if (!query.Selected[i] || away[i] is not null) continue;
            var limit = _isKept ? MaxLinesKept : MaxLines;
            readings[i] = new SourceReading(pages.Sources[i], query.Of(i, from[i]), limit, pages.Time, cancellationToken);
        }

        return readings;
    }

    private async ValueTask CloseAsync()
    {
        if (_isKept) pages.Keeping.Release();
        _isKept = false;
        foreach (var reading in _readings ?? [])
        {
            if (reading is not null) await reading.DisposeAsync().ConfigureAwait(false);
        }

        _readings = null;
    }

    private async Task<(MergedPage Page, bool IsCut)> ReadAsync(SourceReading?[] readings, MergedCursor at, string?[] away)
    {
        // All of them begin at once: the page waits for the slowest, not for their sum.
        await Task.WhenAll(readings.OfType<SourceReading>().Select(reading => reading.HasNextAsync().AsTask())).ConfigureAwait(false);
        var items = new List<LogItem<SystemLogEntry>>();
        var (size, isLast, isCut) = (0, false, false);
        while (size < MaxSize)
        {
            var first = -1;
            for (var i = 0; i < readings.Length; i++)
            {
                if (readings[i] is not { } reading) continue;
                if (!await reading.HasNextAsync().ConfigureAwait(false)) isCut |= reading.IsCut && reading.Away is null;
                else if (first < 0 || reading.Time < readings[first]!.Time) first = i;
            }

            // What comes next of a source that was cut may be older than what the others have.
            isLast = first < 0 && !isCut;
            if (first < 0 || isCut) break;
            size += Take(first, readings[first]!, at, items);
        }

        return (new MergedPage(items, at, AwayOf(readings, at, away), isLast), isCut);
    }

    private int Take(int source, SourceReading reading, MergedCursor at, List<LogItem<SystemLogEntry>> items)
    {
        if (at[source].Cursor is null && reading.Start is { } start) at[source] = SourcePosition.Of(start);
        if (MergedItem.Of(reading.Take(), source, pages.Sources[source].Name, reading.Time, at) is not { } item) return 0;
        items.Add(item);
        return item is SystemLogEntry entry ? entry.Text.Length : 0;
    }

    /// <summary>
    /// Why sources are away. Those that were read to their end are at their ends now, the others before their next items.
    /// </summary>
    private static string?[] AwayOf(SourceReading?[] readings, MergedCursor at, string?[] away)
    {
        var found = (string?[])away.Clone();
        for (var i = 0; i < readings.Length; i++)
        {
            if (readings[i] is not { } reading) continue;
            found[i] = reading.Away;
            if (reading.Away is null && reading.Next is null && !reading.IsCut && reading.End is { } end) at.MoveOn(i, end);
            // Whoever reads the next page does not search again what a filter has left out.
            else if (reading.Skipped is { } next) at.MoveOn(i, next);
            else if (at[i].Cursor is null && reading.Start is { } start) at[i] = SourcePosition.Of(start);
        }

        return found;
    }
}
