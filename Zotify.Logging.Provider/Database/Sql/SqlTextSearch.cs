namespace Zotify.Logging.Provider.Database.Sql;

/// <summary>A search by the index of the audit events' texts.</summary>
/// <param name="Match">What the index is asked for: see <see cref="SqlDialect.TextMatch"/>.</param>
/// <param name="Conditions">The conditions that events match, joined; the words' own are among them, for the index knows only parts of words.</param>
/// <param name="From">The events are at or after this time, in UTC.</param>
/// <param name="To">The events are at or before this time, in UTC.</param>
/// <param name="Order">What follows <c>ORDER BY</c>: by time, first of all.</param>
/// <param name="Descending">Whether the order begins with the newest.</param>
/// <param name="Count">The parameter with the number of events.</param>
/// <param name="Parameter">Makes a value a parameter, and gives its name.</param>
internal sealed record SqlTextSearch(
    string Match, string Conditions, DateTime? From, DateTime? To, string Order, bool Descending, string Count, Func<object, string> Parameter);
