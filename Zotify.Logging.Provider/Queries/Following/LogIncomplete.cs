namespace Zotify.Logging.Queries;

/// <summary>
/// The search for the last entries stopped before it had found as many as were asked for, because it would have taken long. What it found
/// follows.
/// </summary>
/// <typeparam name="TEntry">The log's entries.</typeparam>
/// <param name="Before">Opaque: a query before this cursor searches on where this one stopped.</param>
/// <param name="Cursor">Opaque: hand it back to go on after this item.</param>
public sealed record LogIncomplete<TEntry>(string Before, string Cursor) : LogItem<TEntry>(Cursor)
{
    /// <summary>Whether <see cref="Before"/> is the cursor of a search of the log, and not of its stream.</summary>
    internal bool IsOfSearch { get; init; }
}
