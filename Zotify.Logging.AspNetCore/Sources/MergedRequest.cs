using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>A request for a merged stream. Immutable.</summary>
/// <param name="Query">What was asked for, without instances.</param>
/// <param name="Selected">Which sources it wants.</param>
internal sealed record MergedRequest(SystemLogQuery Query, bool[] Selected)
{
    private const int DefaultTail = 100;

    /// <summary>Which items it wants.</summary>
    public MergedSelection Selection { get; } = new(Query, Selected);

    /// <summary>The cursor to go on after.</summary>
    public MergedCursor? After { get; init; }

    /// <summary>The cursor to end before.</summary>
    public MergedCursor? Before { get; init; }

    /// <summary>Whether it waits for new lines.</summary>
    public bool Follows => Query.Follow && Before is null;

    /// <summary>How many of the last lines it wants; <see langword="null"/> for all from where it begins.</summary>
    public int? Tail => Query.Tail
        ?? (Before is null && After is null && Query.Since is null && Query.Until is null ? DefaultTail : null);

    /// <summary>The query of its pages.</summary>
    public MergedQuery Pages => new(Query with { After = null, Before = null, Through = null }, Selected) { End = Before };
}
