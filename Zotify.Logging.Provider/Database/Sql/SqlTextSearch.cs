namespace Zotify.Logging.Database;

/// <summary>A search by the index of the audit events' texts.</summary>
/// <param name="Words">The words, all of which an event has.</param>
/// <param name="Conditions">
/// Makes the conditions on <c>audit_events AS e</c> that events match, those of the words among them: once for each query.
/// </param>
/// <param name="From">The events are at or after this time, in UTC.</param>
/// <param name="To">The events are at or before this time, in UTC.</param>
/// <param name="Descending">Whether the newest come first.</param>
/// <param name="Count">The most events.</param>
internal sealed record SqlTextSearch(
    IReadOnlyList<string> Words, Func<SqlFilter> Conditions, DateTime? From, DateTime? To, bool Descending, int Count);
