using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Writes the SQL of an <see cref="AuditQuery"/>, with the conditions of <see cref="AuditFilters"/>. A page goes on after the last event of
/// the page before, so that every page costs the same.
/// </summary>
internal static class AuditSearch
{
    // Each value of the leading filter repeats all other conditions. Beyond this number of repetitions, far above what users need, the
    // engine would parse the text for a minute.
    private const int MaxRepeated = 10_000;

    /// <summary>
    /// Returns the SQL for the first <paramref name="count"/> events that match, in order, by the index of a filter or of the times.
    /// </summary>
    /// <exception cref="ArgumentException">A filter has over 100 values.</exception>
    public static SqlQuery Build(AuditQuery query, SqlDialect dialect, AuditPageCursor? after, int count)
    {
        var leading = AuditFilters.LeadingOf(query);
        var filter = Filter(query, dialect, after, leading);
        if (leading?.Values.Count * filter.Parameters.Length > MaxRepeated)
            (leading, filter) = (null, Filter(query, dialect, after, leading: null));
        var most = filter.Value(count);
        if (leading is null)
        {
            var all = $"{AuditRowReader.Columns}\nFROM audit_events AS e\n{filter.Where}";
            return SqlQuery.Raw(dialect.Take(all, Order(query), most), filter.Parameters);
        }

        var parts = leading.Fitted
            .Select(value => Part(filter, dialect, leading, value, AuditRowReader.Columns, Order(query), most)).ToList();
        return SqlQuery.Raw(parts.Count == 1 ? parts[0] : Merged(parts, dialect, Order(query), most), filter.Parameters);
    }

    /// <summary>The conditions of the events that match, without a cursor.</summary>
    /// <exception cref="ArgumentException">A filter has over 100 values.</exception>
    public static SqlFilter Conditions(AuditQuery query, SqlDialect dialect) => Filter(query, dialect, after: null, leading: null);

    private static SqlFilter Filter(AuditQuery query, SqlDialect dialect, AuditPageCursor? after, AuditFilter? leading)
    {
        var filter = new SqlFilter(dialect);
        var (from, to) = TimesWithout(after, query);
        filter.RequireTime("e.timestamp", from, to);
        AuditFilters.Require(filter, dialect, query, leading);
        if (after is { } cursor) RequireAfter(filter, cursor, query.Descending);
        return filter;
    }

    /// <summary>
    /// The bounds of time that the cursor does not imply. If there are two bounds on one side, SQLite starts its range at the first, and
    /// would step from there to the cursor, through all events of the pages before.
    /// </summary>
    private static (DateTimeOffset? From, DateTimeOffset? To) TimesWithout(AuditPageCursor? after, AuditQuery query)
    {
        if (after is not { } cursor) return (query.From, query.To);
        return query.Descending
            ? (query.From, cursor.Timestamp < query.To?.UtcDateTime ? null : query.To)
            : (cursor.Timestamp >= query.From?.UtcDateTime ? null : query.From, query.To);
    }

    private static string Order(AuditQuery query) =>
        query.Descending ? "e.timestamp DESC, e.journal_id DESC, e.seq DESC" : "e.timestamp ASC, e.journal_id ASC, e.seq ASC";

    /// <summary>The first events with one value of the leading filter.</summary>
    private static string Part(
        SqlFilter filter, SqlDialect dialect, AuditFilter leading, string value, string columns, string order, string count)
    {
        var conditions = filter.Conditions.Length == 0 ? "" : $"\n  AND {filter.Conditions}";
        var hasValue = dialect.OneOf(leading.Column, [value], filter.Value);
        return dialect.Take($"{columns}\nFROM audit_events AS e\nWHERE {hasValue}{conditions}", order, count);
    }

    private static string Merged(List<string> parts, SqlDialect dialect, string order, string count)
    {
        var all = string.Join("\nUNION ALL\n", parts.Select((part, i) => $"SELECT p{i}.* FROM (\n{part}) AS p{i}"));
        return dialect.Take($"e.* FROM (\n{all}) AS e", order, count);
    }

    private static void RequireAfter(SqlFilter filter, AuditPageCursor cursor, bool descending)
    {
        var after = descending ? '<' : '>';
        var (time, journal, seq) = (filter.Value(cursor.Timestamp), filter.Value(cursor.JournalId), filter.Value(cursor.Seq));
        // The second condition implies the first, but an index can start only at the first.
        filter.Require($"e.timestamp {after}= {time}");
        var isLater = $"e.journal_id {after} {journal} OR (e.journal_id = {journal} AND e.seq {after} {seq})";
        filter.Require($"(e.timestamp {after} {time} OR {isLater})");
    }
}
