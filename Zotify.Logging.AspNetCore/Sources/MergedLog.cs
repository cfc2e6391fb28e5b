using System.Runtime.CompilerServices;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// The system logs of several sources as one stream, merged by time. What there is already is read from each source by page; what comes is
/// merged once for all clients. Thread-safe: each enumeration has its own cursor.
/// </summary>
internal sealed class MergedLog : IDisposable
{
    private readonly MergedParts _parts;
    private readonly MissingLines _missing;

    /// <param name="sources">The sources; the first one is this process's own log. The log disposes of them.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">Two names have the same hash, so that cursors cannot tell the sources apart.</exception>
    public MergedLog(IReadOnlyList<ILineSource> sources, TimeProvider time)
    {
        uint[] names = [.. sources.Select(source => PositionCode.HashOf(source.Name))];
        if (names.Distinct().Count() < names.Length)
        {
            throw new ArgumentException(
                "Zotify:Sources: positions cannot tell two of the names apart; give one another name.", nameof(sources));
        }

        var pages = new MergedPages(sources, time);
        _missing = new MissingLines(sources, time);
        _parts = new MergedParts(sources, names, pages, new MergedRuns(sources, pages, time), time);
    }

    /// <summary>Reads the lines that match, as <see cref="SystemLogTail.ReadBlocksAsync"/> does.</summary>
    /// <param name="query">Which lines.</param>
    /// <param name="selected">Of which sources.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidCursorException">A cursor of the query is none.</exception>
    /// <exception cref="ArgumentException">A filter has too many values.</exception>
    public IAsyncEnumerable<LogBlock<SystemLogEntry>> ReadBlocksAsync(
        SystemLogQuery query, bool[] selected, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(query.Tail ?? 0, nameof(query.Tail));
        var request = new MergedRequest(query, selected)
        {
            After = _parts.Parse(query.After, nameof(query.After)),
            Before = _parts.Parse(query.Before, nameof(query.Before)) ?? _parts.Parse(query.Through, nameof(query.Through))?.WithLine(-1),
        };
        return ReadAsync(request, cancellationToken);
    }

    /// <summary>Which sources a query of instances wants.</summary>
    public bool[] Select(IReadOnlyList<string> instances, IReadOnlyList<string> excluded) =>
    [
        .. _parts.Sources.Select(source => (instances.Count == 0 || instances.Contains(source.Name)) && !excluded.Contains(source.Name)),
    ];

    /// <summary>Counts the lines that match by time and level, in all sources that can be read.</summary>
    /// <exception cref="ArgumentException">There would be over 1,000 buckets, or a filter has too many values.</exception>
    public Task<MergedHistogram> CountAsync(
        SystemLogQuery query, bool[] selected, TimeSpan? interval, CancellationToken cancellationToken) =>
        new MergedCounter(_parts.Sources, selected).CountAsync(query, interval, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _parts.Pages.Dispose();
        foreach (var source in _parts.Sources) (source as IDisposable)?.Dispose();
    }

    private async IAsyncEnumerable<LogBlock<SystemLogEntry>> ReadAsync(
        MergedRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = await _parts.WithAllAsync(request.After, cancellationToken).ConfigureAwait(false);
        await _parts.WithAllAsync(request.Before, cancellationToken).ConfigureAwait(false);
        var last = request.Tail is { } tail
            ? await LastLines.FindAsync(_parts, request.Pages, after, tail, cancellationToken).ConfigureAwait(false)
            : null;
        var at = last?.Start ?? after ?? _parts.Beginning(request.Query.Since);
        // Where nothing was given out yet, nothing is late.
        if (after is null) at.Time = DateTimeOffset.MinValue;
        var start = at.ToString();
        // Who follows gets them; and what is missing is newer than a cursor.
        var missing = request.Query.Follow || request.Before is not null
            ? 0
            : await _missing.CountAsync(request.Selected, _parts.Runs.Away, cancellationToken).ConfigureAwait(false);
        yield return LogSubscription<SystemLogEntry>.FirstBlock(start, missing);
        if (missing > 0) yield return LogSubscription<SystemLogEntry>.BehindBlock(start, missing);
        if (last?.Before is { } before)
            yield return new LogBlock<SystemLogEntry>(start, start, [new LogIncomplete<SystemLogEntry>(before.ToString(), start)], 0);
        var stream = new MergedStream(request, _parts, at, isAtEnd: request.Tail == 0)
        {
            Pages = last is null || request.Follows ? request.Pages : request.Pages with { End = last.End },
            Skip = last?.Skip ?? 0,
            Away = last?.Away,
        };
        await foreach (var block in stream.ReadAsync(cancellationToken).ConfigureAwait(false)) yield return block;
    }
}
