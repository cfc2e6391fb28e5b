using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>A query of several sources, without where it begins. Immutable.</summary>
/// <param name="Filter">The filters, without cursors, tail and instances.</param>
/// <param name="Selected">Which sources it wants.</param>
internal sealed record MergedQuery(SystemLogQuery Filter, bool[] Selected)
{
    /// <summary>Where each source's part ends, and whether the line at the cursor is excluded; <see langword="null"/> for all that there
    /// is.</summary>
    public MergedCursor? End { get; init; }

    /// <summary>The query of one source from a position on.</summary>
    /// <param name="source">The source's number.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="tail">How many lines to read, the last ones; <see langword="null"/> for all.</param>
    public SystemLogQuery Of(int source, SourcePosition from, int? tail = null)
    {
        var query = Filter with
        {
            Follow = false,
            Tail = tail,
            IsRelayed = true,
            After = from.Cursor,
            // Without a beginning, a log gives its last lines only.
            Since = Latest(Filter.Since, from.Since ?? (from.IsEnd && tail is null ? DateTimeOffset.MinValue : null)),
        };
        if (End is null) return query;
        var end = End[source];
        if (end.Cursor is null) return query with { Until = Earliest(Filter.Until, end.Since ?? End.Time) };
        return End.Line == source ? query with { Before = end.Cursor } : query with { Through = end.Cursor };
    }

    private static DateTimeOffset? Latest(DateTimeOffset? one, DateTimeOffset? other) => one > other || other is null ? one : other;

    private static DateTimeOffset? Earliest(DateTimeOffset? one, DateTimeOffset other) => one < other ? one : other;
}
