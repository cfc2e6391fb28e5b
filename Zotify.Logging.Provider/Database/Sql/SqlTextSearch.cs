namespace Zotify.Logging.Database;

/// <summary>A search by the index of the audit events' texts.</summary>
/// <param name="Terms">The terms, all of which an event must contain.</param>
/// <param name="Conditions">
/// Creates the conditions on <c>audit_events AS e</c> that events must match, those of the terms included. Called once for each query.
/// </param>
/// <param name="From">The events are at or after this time, in UTC.</param>
/// <param name="To">The events are at or before this time, in UTC.</param>
/// <param name="Descending">Whether the newest come first.</param>
/// <param name="Count">The most events.</param>
internal sealed record SqlTextSearch(
    IReadOnlyList<string> Terms, Func<SqlFilter> Conditions, DateTime? From, DateTime? To, bool Descending, int Count);
