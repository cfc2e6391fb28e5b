using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>
/// The time by which a line has its place in the merged stream. A clock that was ahead, for a moment or for good, must not move the stream
/// into the future: every line of every source would be late until then. Pure functions.
/// </summary>
internal static class LineTime
{
    /// <summary>The time of a line; that of the line before it in its source where it has none, or one that is ahead.</summary>
    /// <param name="entry">The line; <see langword="null"/> for an item of another kind.</param>
    /// <param name="before">The time of the line before it.</param>
    /// <param name="now">The current time.</param>
    public static DateTimeOffset Of(SystemLogEntry? entry, DateTimeOffset before, DateTimeOffset now) =>
        entry?.Timestamp is { } time && !IsAhead(time, now) ? time : before;

    /// <summary>Whether a time is ahead by more than clocks differ that are synchronised.</summary>
    public static bool IsAhead(DateTimeOffset time, DateTimeOffset now) => time - now > LineMerger.Hold;
}
