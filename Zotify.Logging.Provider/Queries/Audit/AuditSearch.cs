using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>Puts an <see cref="AuditQuery"/> in SQL. Pages go on by the last event's place, so that every page costs the same.</summary>
internal static class AuditSearch
{
    // Each value of a leading filter repeats all other conditions. Far beyond what people ask for, the engine would be busy for a minute with the text alone.
    private const int MaxRepeated = 10_000;

    /// <summary>The query for the events that match, in order, at most <paramref name="count"/>: by the index of a filter, or of the times.</summary>
    /// <exception cref="ArgumentException">A filter has over 100 values, or a word of over 1,000 characters.</exception>
    public static SqlQuery Build(AuditQuery query, SqlDialect dialect, AuditCursor? after, int count)
    {
        var leading = AuditFilters.LeadingOf(query);
        var filter = Filter(query, dialect, after, leading);
        if (leading?.Values.Count * filter.Parameters.Length > MaxRepeated) (leading, filter) = (null, Filter(query, dialect, after, leading: null));
        var most = filter.Value(count);
        if (leading is null) return SqlQuery.Raw(dialect.Take($"{AuditRowReader.Columns}\nFROM audit_events AS e\n{filter.Where}", Order(query), most), filter.Parameters);
        SqlFilter.CheckCount(leading.Values.Count, leading.Parameter);
        var parts = leading.Fitted.Select(value => Part(filter, dialect, leading, value, AuditRowReader.Columns, Order(query), most)).ToList();
        return SqlQuery.Raw(parts.Count == 1 ? parts[0] : Merged(parts, dialect, Order(query), most), filter.Parameters);
    }

    /// <summary>What the index of the texts is asked for, so that the same events are among those it finds.</summary>
    public static SqlTextSearch ByText(AuditQuery query, SqlDialect dialect, AuditCursor? after, int count)
    {
        var (from, to) = (query.From?.UtcDateTime, query.To?.UtcDateTime);
        if (after is { } place)
        {
            if (query.Descending) to = to is null || place.Timestamp < to ? place.Timestamp : to;
            else from = from is null || place.Timestamp > from ? place.Timestamp : from;
        }

        return new SqlTextSearch(Words(query), () => Filter(query, dialect, after, leading: null), from, to, query.Descending, count);
    }

    /// <summary>The words of the text that is asked for.</summary>
    /// <exception cref="ArgumentException">There are over 100, or one of over 1,000 characters.</exception>
    public static string[] Words(AuditQuery query) => SqlFilter.CheckWords(query.Text, "q");

    /// <summary>Counts the events that match the leading filter, up to <paramref name="count"/>; <see langword="null"/> where none leads.</summary>
    public static SqlQuery? CountLeading(AuditQuery query, SqlDialect dialect, int count)
    {
        if (AuditFilters.LeadingOf(query) is not { } leading) return null;
        var filter = new SqlFilter(dialect);
        filter.RequireTime("e.timestamp", query.From, query.To);
        var most = filter.Value(count);
        var parts = leading.Fitted.Select((value, i) => $"SELECT p{i}.row_id FROM (\n{Part(filter, dialect, leading, value, "e.row_id", Order(query), most)}) AS p{i}");
        return SqlQuery.Raw($"SELECT COUNT(*) FROM (\n{string.Join("\nUNION ALL\n", parts)}) AS e", filter.Parameters);
    }

    /// <summary>The conditions of the events that match, wherever a page of them begins.</summary>
    /// <exception cref="ArgumentException">A filter has over 100 values, or a word of over 1,000 characters.</exception>
    public static SqlFilter Conditions(AuditQuery query, SqlDialect dialect) => Filter(query, dialect, after: null, leading: null);

    private static SqlFilter Filter(AuditQuery query, SqlDialect dialect, AuditCursor? after, AuditFilter? leading)
    {
        var filter = new SqlFilter(dialect);
        var (from, to) = Beside(after, query);
        filter.RequireTime("e.timestamp", from, to);
        AuditFilters.Require(filter, dialect, query, leading);
        if (after is { } cursor) RequireAfter(filter, cursor, query.Descending);
        return filter;
    }

    /// <summary>
    /// The bounds of the time that a place in the result does not say already. Of two bounds on one side SQLite starts its range
    /// at the first, and would step from there to the place: over all that the pages before had.
    /// </summary>
    private static (DateTimeOffset? From, DateTimeOffset? To) Beside(AuditCursor? after, AuditQuery query)
    {
        if (after is not { } place) return (query.From, query.To);
        return query.Descending
            ? (query.From, place.Timestamp < query.To?.UtcDateTime ? null : query.To)
            : (place.Timestamp >= query.From?.UtcDateTime ? null : query.From, query.To);
    }

    private static string Order(AuditQuery query) =>
        query.Descending ? "e.timestamp DESC, e.journal_id DESC, e.seq DESC" : "e.timestamp ASC, e.journal_id ASC, e.seq ASC";

    /// <summary>The first events with one value of the leading filter.</summary>
    private static string Part(SqlFilter filter, SqlDialect dialect, AuditFilter leading, string value, string columns, string order, string count)
    {
        var conditions = filter.Conditions.Length == 0 ? "" : $"\n  AND {filter.Conditions}";
        return dialect.Take($"{columns}\nFROM audit_events AS e\nWHERE {dialect.OneOf(leading.Column, [value], filter.Value)}{conditions}", order, count);
    }

    private static string Merged(List<string> parts, SqlDialect dialect, string order, string count)
    {
        var all = string.Join("\nUNION ALL\n", parts.Select((part, i) => $"SELECT p{i}.* FROM (\n{part}) AS p{i}"));
        return dialect.Take($"e.* FROM (\n{all}) AS e", order, count);
    }

    private static void RequireAfter(SqlFilter filter, AuditCursor cursor, bool descending)
    {
        var after = descending ? '<' : '>';
        var (time, journal, seq) = (filter.Value(cursor.Timestamp), filter.Value(cursor.JournalId), filter.Value(cursor.Seq));
        // The first condition says nothing that the second does not, but it is the one that an index can start at.
        filter.Require($"e.timestamp {after}= {time}");
        filter.Require($"(e.timestamp {after} {time} OR e.journal_id {after} {journal} OR (e.journal_id = {journal} AND e.seq {after} {seq}))");
    }
}
