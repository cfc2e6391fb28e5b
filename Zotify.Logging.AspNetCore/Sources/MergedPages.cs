using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// Reads what the sources have, page by page, merged by time. Between two pages nothing is open and nothing is kept, so that a client that
/// is slow costs a page and no more; few pages are read at a time. Thread-safe.
/// </summary>
/// <param name="sources">The sources.</param>
internal sealed class MergedPages(IReadOnlyList<ILineSource> sources) : IDisposable
{
    /// <summary>The most characters of a page, not counting its last line.</summary>
    private const int MaxSize = 128 * 1024;

    /// <summary>The most lines that are read of one source for a page.</summary>
    private const int MaxLines = 1024;

    private const int MaxReaders = 8;

    private readonly SemaphoreSlim _readers = new(MaxReaders);

    /// <summary>Reads the next page.</summary>
    /// <param name="query">Which lines.</param>
    /// <param name="from">Where to begin; it is left as it is.</param>
    /// <param name="away">Sources that are known to be away, and not asked.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<MergedPage> ReadAsync(
        MergedQuery query, MergedCursor from, string?[] away, CancellationToken cancellationToken)
    {
        await _readers.WaitAsync(cancellationToken).ConfigureAwait(false);
        var readings = new SourceReading?[sources.Count];
        try
        {
            for (var i = 0; i < readings.Length; i++)
            {
                if (query.Selected[i] && away[i] is null)
                    readings[i] = new SourceReading(sources[i], query.Of(i, from[i]), MaxLines, cancellationToken);
            }

            return await ReadAsync(readings, from.Clone(), away).ConfigureAwait(false);
        }
        finally
        {
            foreach (var reading in readings)
            {
                if (reading is not null) await reading.DisposeAsync().ConfigureAwait(false);
            }

            _readers.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _readers.Dispose();

    private async Task<MergedPage> ReadAsync(SourceReading?[] readings, MergedCursor at, string?[] away)
    {
        // All of them begin at once: the page waits for the slowest, not for their sum.
        await Task.WhenAll(readings.OfType<SourceReading>().Select(reading => reading.HasNextAsync().AsTask())).ConfigureAwait(false);
        var items = new List<LogItem<SystemLogEntry>>();
        var (size, isLast) = (0, false);
        while (size < MaxSize)
        {
            var first = -1;
            var isCut = false;
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

        return new MergedPage(items, at, AwayOf(readings, at, away), isLast);
    }

    private int Take(int source, SourceReading reading, MergedCursor at, List<LogItem<SystemLogEntry>> items)
    {
        if (at[source].Cursor is null && reading.Start is { } start) at[source] = SourcePosition.Of(start);
        if (MergedItem.Of(reading.Take(), source, sources[source].Name, reading.Time, at) is not { } item) return 0;
        items.Add(item);
        return item is SystemLogEntry entry ? entry.Text.Length : 0;
    }

    /// <summary>Why sources are away. Those that were read to their end are at their ends now.</summary>
    private static string?[] AwayOf(SourceReading?[] readings, MergedCursor at, string?[] away)
    {
        var found = (string?[])away.Clone();
        for (var i = 0; i < readings.Length; i++)
        {
            if (readings[i] is not { } reading) continue;
            found[i] = reading.Away;
            if (reading.Away is null && reading.Next is null && !reading.IsCut && reading.End is { } end) at.MoveOn(i, end);
            else if (at[i].Cursor is null && reading.Start is { } start) at[i] = SourcePosition.Of(start);
        }

        return found;
    }
}
