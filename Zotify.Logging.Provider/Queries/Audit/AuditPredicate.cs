namespace Zotify.Logging.Queries;

/// <summary>
/// All filters of an <see cref="AuditQuery"/> as a condition on one event, for what is decided before an event is in the database. It
/// matches the events that the search finds. Times, order and limit are not looked at. Immutable, thread-safe.
/// </summary>
internal sealed class AuditPredicate
{
    private readonly AuditMatcher _matcher;
    private readonly Func<string, bool> _types;
    private readonly (AuditFilter Filter, HashSet<string> Values)[] _columns;

    /// <exception cref="ArgumentException">The query exceeds a limit, or its terms are malformed.</exception>
    public AuditPredicate(AuditQuery query)
    {
        AuditQueryLimits.Check(query);
        _matcher = new AuditMatcher(query);
        _types = AuditTypePattern.Any(query.EventTypes.Contains("*") ? [] : query.EventTypes);
        _columns =
        [
            .. AuditFilters.ByColumn(query).Where(filter => !filter.IsType && filter.Values.Count > 0)
                .Select(filter => (filter, filter.Fitted.ToHashSet(StringComparer.Ordinal))),
        ];
    }

    /// <summary>Whether an event matches.</summary>
    public bool Matches(AuditEventRow row) =>
        _types(row.EventType)
        && Array.TrueForAll(_columns, column => column.Filter.Value(row) is { } value && column.Values.Contains(value))
        && _matcher.Matches(row);
}
