using Zotify.Logging.Provider.Database.Entities;
using Zotify.Logging.Provider.Database.Sql;

namespace Zotify.Logging.Provider.Queries.Audit;

/// <summary>Puts an <see cref="AuditQuery"/> in SQL. Pages go on by the last event's place, so that every page costs the same.</summary>
internal static class AuditSearch
{
    /// <summary>The conditions of the events that match, wherever a page of them begins.</summary>
    /// <exception cref="ArgumentException">A filter has over 100 values, or a word of over 1,000 characters.</exception>
    public static SqlFilter Conditions(AuditQuery query, SqlDialect dialect)
    {
        var filter = new SqlFilter(dialect);
        filter.RequireOneOf("e.user_id", Fit(query.UserIds, ColumnLengths.Name), "user_id");
        filter.RequireOneOf("e.source_ip", Fit(query.SourceIps, ColumnLengths.Name), "source_ip");
        filter.RequireOneOf("e.trace_id", Fit(query.TraceIds, ColumnLengths.Name), "trace_id");
        filter.RequireOneOf("e.instance", Fit(query.Instances, ColumnLengths.Instance), "instance");
        RequireEventTypes(filter, dialect, query.EventTypes);
        filter.RequireTime("e.timestamp", query.From, query.To);
        foreach (var (path, values) in query.Details) filter.RequireJson("e.details", path, values, $"details.{path}");
        filter.RequireWords(query.Text, "e.message", "e.details", "q");
        return filter;
    }

    /// <summary>The query for the events that match, in order, at most <paramref name="count"/>.</summary>
    /// <exception cref="InvalidPositionException">The cursor was not made by a query with the same order.</exception>
    /// <exception cref="ArgumentException">A filter has over 100 values, or a word of over 1,000 characters.</exception>
    public static SqlQuery Build(AuditQuery query, SqlDialect dialect, int count)
    {
        var filter = Conditions(query, dialect);
        if (query.Cursor is { } cursor) RequireAfter(filter, AuditCursor.Decode(cursor, query.Descending), query.Descending);
        var order = query.Descending ? "DESC" : "ASC";
        var text = dialect.Take(
            $"e.* FROM audit_events AS e\n{filter.Where}", $"e.timestamp {order}, e.journal_id {order}, e.seq {order}", filter.Value(count));
        return new SqlQuery(text, filter.Parameters);
    }

    private static void RequireEventTypes(SqlFilter filter, SqlDialect dialect, IReadOnlyList<string> patterns)
    {
        if (patterns.Count == 0 || patterns.Contains("*")) return;
        var conditions = new List<string>();
        var names = patterns.Where(pattern => !pattern.EndsWith('*')).ToArray();
        if (names.Length > 0) conditions.Add(filter.OneOf("e.event_type", Fit(names, ColumnLengths.Name), "event_type"));
        var prefixes = patterns.Where(pattern => pattern.EndsWith('*')).Select(pattern => pattern[..^1]).ToArray();
        SqlFilter.CheckCount(prefixes.Length, "event_type");
        conditions.AddRange(prefixes.Select(prefix => dialect.StartsWith("e.event_type", filter.Value(ColumnText.Fit(prefix)))));
        filter.Require(conditions.Count == 1 ? conditions[0] : $"({string.Join(" OR ", conditions)})");
    }

    private static void RequireAfter(SqlFilter filter, AuditCursor cursor, bool descending)
    {
        var after = descending ? '<' : '>';
        var (time, journal, seq) = (filter.Value(cursor.Timestamp), filter.Value(cursor.JournalId), filter.Value(cursor.Seq));
        // The first condition says nothing that the second does not, but it is the one that an index can start at.
        filter.Require($"e.timestamp {after}= {time}");
        filter.Require($"(e.timestamp {after} {time} OR e.journal_id {after} {journal} OR (e.journal_id = {journal} AND e.seq {after} {seq}))");
    }

    // As the values were fitted when they were written.
    private static string[] Fit(IReadOnlyList<string> values, int length) => [.. values.Select(value => ColumnText.Fit(value, length))];
}
