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
        var most = filter.Count(count);
        var ranges = after is { } cursor ? RangesAfter(filter, dialect, cursor, query.Descending) : (string[])[""];
        var parts = new List<string>();
        foreach (var range in ranges)
        {
            if (leading is null) parts.Add(Part(filter, dialect, range, AuditRowReader.Columns, Order(query), most));
            foreach (var value in leading?.Fitted ?? [])
                parts.Add(Part(filter, dialect, leading!, value, AuditRowReader.Columns, Order(query), most, range));
        }

        return SqlQuery.Raw(dialect.TakeOfAll(parts, "e", Order(query), most), filter.Parameters);
    }

    /// <summary>
    /// Returns the SQL for the first <paramref name="count"/> events of some ranges that match, in order, by the journals' numbers.
    /// </summary>
    /// <param name="ranges">The ranges. Each event is in one at most.</param>
    /// <param name="query">The query.</param>
    /// <param name="dialect">How the engine writes it.</param>
    /// <param name="after">The cursor to begin after.</param>
    /// <param name="end">Only events before this time in the order of the query, in UTC; <see langword="null"/> for all.</param>
    /// <param name="count">The most events.</param>
    public static SqlQuery BuildWithin(
        IReadOnlyList<TextRange> ranges, AuditQuery query, SqlDialect dialect, AuditPageCursor? after, DateTime? end, int count)
    {
        var filter = new SqlFilter(dialect);
        var from = Within(filter, dialect, ranges);
        var time = dialect.WithoutIndex("e.timestamp");
        if (after is { } start) query = WithoutImplied(query, start);
        filter.RequireTime(time, query.From, query.To);
        if (end is { } bound) filter.Require($"{time} {(query.Descending ? '>' : '<')} {filter.Value(bound)}");
        AuditFilters.Require(filter, dialect, query, mayLead: false);
        if (after is { } cursor) RequireAfter(filter, cursor, query.Descending, time);
        return SqlQuery.Raw(dialect.Take($"{from}\n{filter.Where}", Order(query), filter.Count(count)), filter.Parameters);
    }

    /// <summary>Returns the SQL for the newest event with an id between two times.</summary>
    public static SqlQuery BuildById(Guid id, DateTime from, DateTime to, SqlDialect dialect)
    {
        var filter = new SqlFilter(dialect);
        filter.RequireTime("e.timestamp", from, to);
        filter.Require($"e.id = {filter.Value(id)}");
        var found = $"{AuditRowReader.Columns}\nFROM audit_events AS e\n{filter.Where}";
        return SqlQuery.Raw(dialect.Take(found, Order(new AuditQuery()), filter.Count(1)), filter.Parameters);
    }

    /// <summary>Returns the SQL for the newest event with an id in some ranges.</summary>
    public static SqlQuery BuildById(Guid id, IReadOnlyList<TextRange> ranges, SqlDialect dialect)
    {
        var filter = new SqlFilter(dialect);
        var from = Within(filter, dialect, ranges);
        filter.Require($"e.id = {filter.Value(id)}");
        return SqlQuery.Raw(dialect.Take($"{from}\n{filter.Where}", Order(new AuditQuery()), filter.Count(1)), filter.Parameters);
    }

    /// <summary>
    /// Returns the SQL that counts the events that match the leading filter, up to <paramref name="count"/> of each of its values.
    /// </summary>
    public static SqlQuery CountLeading(AuditFilter leading, AuditQuery query, SqlDialect dialect, int count)
    {
        var filter = new SqlFilter(dialect);
        var (from, to) = (query.From, query.To);
        // The index of a filter that is not in order has no times.
        filter.RequireTime(leading.IsOrdered ? "e.timestamp" : dialect.WithoutIndex("e.timestamp"), from, to);
        var most = filter.Count(count);
        var order = leading.IsOrdered ? "e.timestamp" : leading.Column;
        var parts = leading.Fitted.Select((value, i) =>
            $"SELECT p{i}.{leading.Column[2..]} FROM (\n{Part(filter, dialect, leading, value, leading.Column, order, most)}) AS p{i}");
        return SqlQuery.Raw($"SELECT COUNT(*) FROM (\n{string.Join("\nUNION ALL\n", parts)}) AS e", filter.Parameters);
    }

    /// <summary>The conditions of the events that match, without a cursor.</summary>
    /// <exception cref="ArgumentException">A filter has over 100 values.</exception>
    public static SqlFilter Conditions(AuditQuery query, SqlDialect dialect) => Filter(query, dialect, after: null, leading: null);

    private static SqlFilter Filter(AuditQuery query, SqlDialect dialect, AuditPageCursor? after, AuditFilter? leading)
    {
        var filter = new SqlFilter(dialect);
        if (after is { } cursor) query = WithoutImplied(query, cursor);
        filter.RequireTime("e.timestamp", query.From, query.To);
        AuditFilters.Require(filter, dialect, query, leading);
        return filter;
    }

    /// <summary>
    /// The query without the bound of time that the cursor implies. If there are two bounds on one side, SQLite starts its range at the
    /// first, and would step from there to the cursor, through all events of the pages before.
    /// </summary>
    private static AuditQuery WithoutImplied(AuditQuery query, AuditPageCursor cursor)
    {
        if (query.Descending) return cursor.Timestamp < query.To?.UtcDateTime ? query with { To = null } : query;
        return cursor.Timestamp >= query.From?.UtcDateTime ? query with { From = null } : query;
    }

    private static string Order(AuditQuery query) =>
        query.Descending ? "e.timestamp DESC, e.journal_id DESC, e.seq DESC" : "e.timestamp ASC, e.journal_id ASC, e.seq ASC";

    /// <summary>The first events with one value of the leading filter.</summary>
    private static string Part(
        SqlFilter filter, SqlDialect dialect, AuditFilter leading, string value, string columns, string order, string count,
        string range = "")
    {
        var conditions = filter.Conditions.Length == 0 ? "" : $"\n  AND {filter.Conditions}";
        var isAfter = range.Length == 0 ? "" : $"\n  AND {range}";
        var hasValue = dialect.OneOf(leading.Column, (string[])[value], filter.Value);
        return dialect.Take($"{columns}\nFROM audit_events AS e\nWHERE {hasValue}{conditions}{isAfter}", order, count);
    }

    /// <summary>The first events of a range after the cursor.</summary>
    private static string Part(SqlFilter filter, SqlDialect dialect, string range, string columns, string order, string count)
    {
        var where = filter.Conditions;
        if (range.Length > 0) where = where.Length == 0 ? range : $"{where}\n  AND {range}";
        return dialect.Take($"{columns}\nFROM audit_events AS e\n{(where.Length == 0 ? "" : $"WHERE {where}")}", order, count);
    }

    /// <summary>The rows of ranges, up to the conditions.</summary>
    private static string Within(SqlFilter filter, SqlDialect dialect, IReadOnlyList<TextRange> ranges)
    {
        // Each range costs a seek and its rows.
        return
            $"""
            {AuditRowReader.Columns}
            FROM {TextRange.Rows(filter, dialect, ranges)} AS k
            {dialect.LoopJoin} audit_events AS e
              ON e.journal_id = k.journal_id AND e.seq >= k.first_seq AND e.seq <= k.last_seq
            """;
    }

    private static void RequireAfter(SqlFilter filter, AuditPageCursor cursor, bool descending, string timeColumn)
    {
        var after = descending ? '<' : '>';
        var (time, journal, seq) = (filter.Value(cursor.Timestamp), filter.Value(cursor.JournalId), filter.Value(cursor.Seq));
        // The second condition implies the first, but an index can start only at the first.
        filter.Require($"{timeColumn} {after}= {time}");
        var isLater = $"e.journal_id {after} {journal} OR (e.journal_id = {journal} AND e.seq {after} {seq})";
        filter.Require($"({timeColumn} {after} {time} OR {isLater})");
    }

    /// <summary>The conditions of the ranges that come after the cursor.</summary>
    private static IReadOnlyList<string> RangesAfter(SqlFilter filter, SqlDialect dialect, AuditPageCursor cursor, bool descending) =>
        dialect.RangesAfter(
            [
                ("e.timestamp", filter.Value(cursor.Timestamp)), ("e.journal_id", filter.Value(cursor.JournalId)),
                ("e.seq", filter.Value(cursor.Seq)),
            ],
            descending);
}
