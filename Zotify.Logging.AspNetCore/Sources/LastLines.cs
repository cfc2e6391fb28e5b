using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>Where the last lines of several sources begin and end. Immutable.</summary>
/// <param name="Start">Where to begin to read.</param>
/// <param name="End">Where they ended when they were looked for.</param>
/// <param name="Skip">How many of the first lines are not among the last ones of all sources together.</param>
/// <param name="Before">Where to search on, if a search stopped early; otherwise <see langword="null"/>.</param>
/// <param name="Away">Why a source cannot be read, by its number.</param>
internal sealed record LastLines(MergedCursor Start, MergedCursor End, long Skip, MergedCursor? Before, string?[] Away)
{
    /// <summary>Finds them: each source says where its own last lines begin, and how many they are. No line is kept.</summary>
    /// <param name="parts">The sources.</param>
    /// <param name="query">Which lines.</param>
    /// <param name="after">Only lines after this; <see langword="null"/> for all.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<LastLines> FindAsync(
        MergedParts parts, MergedQuery query, MergedCursor? after, int count, CancellationToken cancellationToken)
    {
        var empty = parts.Empty();
        var found = await Task.WhenAll(parts.Sources.Select((source, i) => query.Selected[i]
            ? FindAsync(source, query.Of(i, after?[i] ?? default, count), cancellationToken)
            : Task.FromResult(default(SourceTail)))).ConfigureAwait(false);
        var (start, end) = ((after ?? empty).Clone(), (query.End ?? empty).Clone());
        var before = Array.Exists(found, tail => tail.Before is not null) ? empty.Clone() : null;
        for (var i = 0; i < found.Length; i++)
        {
            if (!query.Selected[i]) continue;
            if (found[i].Start is { } first) start[i] = SourcePosition.Of(first);
            // A source that is away begins where the run is in it, or else with what it logs from now on.
            else if (start[i].IsEnd) start[i] = parts.Runs.PositionOf(i) is { IsEnd: false } known ? known : SourcePosition.Of(empty.Time);
            if (query.End is null) end[i] = found[i].End is { } last ? SourcePosition.Of(last) : start[i];
            if (before is not null) before[i] = (found[i].Before ?? found[i].Start) is { } place ? SourcePosition.Of(place) : start[i];
        }

        return new LastLines(start, end, Math.Max(0, found.Sum(tail => tail.Count) - count), before, [.. found.Select(tail => tail.Away)]);
    }

    private static async Task<SourceTail> FindAsync(ILineSource source, SystemLogQuery query, CancellationToken cancellationToken)
    {
        var tail = default(SourceTail);
        try
        {
            await foreach (var block in source.ReadAsync(query, int.MaxValue, cancellationToken).ConfigureAwait(false))
            {
                if (block.End.Length > 0) tail = tail with { Start = tail.Start ?? block.End, End = block.End };
                tail = tail with { Count = tail.Count + block.Items.Count(item => item is SystemLogEntry) };
                if (block.Items is [LogIncomplete<SystemLogEntry> incomplete, ..]) tail = tail with { Before = incomplete.Before };
            }

            return tail;
        }
        catch (SourceAwayException exception)
        {
            return new SourceTail { Away = exception.Message };
        }
    }
}
