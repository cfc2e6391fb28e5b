using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>The filters of an <see cref="AuditQuery"/> as conditions on <c>audit_events AS e</c>; not its times and its place.</summary>
internal static class AuditFilters
{
    /// <summary>The filter by whose index the events are read: the first that is given of those that tell most; <see langword="null"/> where none is.</summary>
    public static AuditFilter? LeadingOf(AuditQuery query) =>
        Exact(query).FirstOrDefault(filter => filter.Values.Count > 0 && !filter.Values.Any(value => filter.IsType && value.EndsWith('*')));

    /// <summary>Adds the conditions; without that of a filter which leads, for it becomes the query's own.</summary>
    /// <exception cref="ArgumentException">A filter has over 100 values, or a word over 1,000 characters.</exception>
    public static void Require(SqlFilter filter, SqlDialect dialect, AuditQuery query, AuditFilter? leading = null)
    {
        foreach (var exact in Exact(query).Where(exact => exact.Column != leading?.Column))
        {
            // Where one leads, the engine must not take another for better.
            var column = leading is null ? exact.Column : dialect.Aside(exact.Column);
            if (exact.IsType) RequireTypes(filter, dialect, column, exact.Values);
            else filter.RequireOneOf(column, exact.Fitted, exact.Parameter);
        }

        foreach (var (path, values) in query.Details) filter.RequireJson("e.details", path, values, $"details.{path}");
        filter.RequireTerms(query.Text, "e.message", "e.details", "q");
    }

    private static IEnumerable<AuditFilter> Exact(AuditQuery query) =>
    [
        new("e.trace_id", query.TraceIds, ColumnLengths.Name, "trace_id"),
        new("e.user_id", query.UserIds, ColumnLengths.Name, "user_id"),
        new("e.source_ip", query.SourceIps, ColumnLengths.Name, "source_ip"),
        new("e.event_type", query.EventTypes, ColumnLengths.Name, "event_type"),
        new("e.instance", query.Instances, ColumnLengths.Instance, "instance"),
    ];

    private static void RequireTypes(SqlFilter filter, SqlDialect dialect, string column, IReadOnlyList<string> patterns)
    {
        if (patterns.Count == 0 || patterns.Contains("*")) return;
        var conditions = new List<string>();
        var names = patterns.Where(pattern => !pattern.EndsWith('*')).ToArray();
        if (names.Length > 0) conditions.Add(filter.OneOf(column, [.. names.Select(name => ColumnText.Fit(name, ColumnLengths.Name))], "event_type"));
        var prefixes = patterns.Where(pattern => pattern.EndsWith('*')).Select(pattern => pattern[..^1]).ToArray();
        SqlFilter.CheckCount(prefixes.Length, "event_type");
        conditions.AddRange(prefixes.Select(prefix => dialect.StartsWith(column, filter.Value(ColumnText.Fit(prefix)))));
        filter.Require(conditions.Count == 1 ? conditions[0] : $"({string.Join(" OR ", conditions)})");
    }
}
