using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>
/// The filters of an <see cref="AuditQuery"/> that are columns' values, as conditions on <c>audit_events AS e</c>; without its times and
/// its cursor. All other filters are in <see cref="AuditMatcher"/>.
/// </summary>
internal static class AuditFilters
{
    /// <summary>
    /// The filter whose index the events are read by: the given filter that usually matches the fewest events; <see langword="null"/> if
    /// none is given.
    /// </summary>
    public static AuditFilter? LeadingOf(AuditQuery query) => Array.Find(ByColumn(query), filter => filter.IsIndexed && filter.IsExact);

    /// <summary>
    /// Whether the engine has an index of each column that is filtered, in the order of the times. Otherwise the index of the texts finds
    /// the events.
    /// </summary>
    public static bool HasOrder(AuditQuery query) =>
        Array.TrueForAll(ByColumn(query), filter => filter.Values.Count == 0 || filter.IsOrdered);

    /// <summary>How many of the filters are given.</summary>
    public static int CountGiven(AuditQuery query)
    {
        var given = 0;
        foreach (var filter in ByColumn(query))
        {
            if (filter.Values.Count > 0) given++;
        }

        return given;
    }

    /// <summary>The filters that are columns' values, given or not.</summary>
    public static AuditFilter[] ByColumn(AuditQuery query) =>
    [
        new("e.trace_id", row => row.TraceId, query.TraceIds, query.ExcludedTraceIds, ColumnLengths.Name, nameof(query.TraceIds))
        {
            IsIndexed = true,
        },
        new("e.user_id", row => row.UserId, query.UserIds, query.ExcludedUserIds, ColumnLengths.Name, nameof(query.UserIds))
        {
            IsIndexed = true,
            IsOrdered = true,
        },
        new("e.source_ip", row => row.SourceIp, query.SourceIps, query.ExcludedSourceIps, ColumnLengths.Name, nameof(query.SourceIps)),
        new(
            "e.event_type", row => row.EventType, query.EventTypes, query.ExcludedEventTypes, ColumnLengths.Name, nameof(query.EventTypes))
        {
            IsIndexed = true,
            IsOrdered = true,
        },
        new("e.instance", row => row.Instance, query.Instances, query.ExcludedInstances, ColumnLengths.Instance, nameof(query.Instances)),
    ];

    /// <summary>The property that exceptions name for the values that a filter excludes.</summary>
    public static string ExcludedProperty(string property) => $"Excluded{property}";

    /// <summary>Adds the conditions, except that of the leading filter, which the query adds itself.</summary>
    /// <param name="filter">Gets the conditions.</param>
    /// <param name="dialect">How the engine writes them.</param>
    /// <param name="query">The query.</param>
    /// <param name="leading">The leading filter.</param>
    /// <param name="mayLead">Whether the engine may choose the index of a filter where none leads.</param>
    /// <exception cref="ArgumentException">A filter has over 100 values.</exception>
    public static void Require(
        SqlFilter filter, SqlDialect dialect, AuditQuery query, AuditFilter? leading = null, bool mayLead = true)
    {
        foreach (var exact in ByColumn(query))
        {
            if (exact.Values.Count == 0 || exact.Column == leading?.Column) continue;
            // The engine must not prefer the index of another filter to that of the leading one.
            var column = leading is null && mayLead ? exact.Column : dialect.WithoutIndex(exact.Column);
            if (exact.IsType) RequireTypes(filter, dialect, column, exact.Values);
            else filter.RequireOneOf(column, exact.Fitted, exact.Property);
        }
    }

    private static void RequireTypes(SqlFilter filter, SqlDialect dialect, string column, IReadOnlyList<string> patterns)
    {
        if (patterns.Contains("*")) return;
        var conditions = new List<string>();
        var (names, prefixes) = AuditTypePattern.Split(patterns);
        if (names.Length > 0) conditions.Add(filter.OneOf(column, names, nameof(AuditQuery.EventTypes)));
        SqlFilter.CheckCount(prefixes.Length, nameof(AuditQuery.EventTypes));
        conditions.AddRange(prefixes.Select(prefix => dialect.StartsWith(column, filter.Value(prefix))));
        filter.Require(conditions.Count == 1 ? conditions[0] : $"({string.Join(" OR ", conditions)})");
    }
}
