using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>Puts what a stream of audit events asks for in SQL, by the conditions of <see cref="AuditSearch"/>.</summary>
internal static class AuditStreamSearch
{
    /// <summary>The events that match after positions, at most <paramref name="count"/>: the first of them, or the last.</summary>
    /// <param name="query">What is asked for; its order, limit and cursor are not looked at.</param>
    /// <param name="dialect">How the engine puts it.</param>
    /// <param name="after">The journals to read, each with the number after which; at least one, and far fewer than a query takes parts.</param>
    /// <param name="last">Whether the last ones are wanted.</param>
    /// <param name="count">The most events.</param>
    public static SqlQuery Rows(AuditQuery query, SqlDialect dialect, IReadOnlyList<KeyValuePair<long, long>> after, bool last, int count)
    {
        var filter = AuditSearch.Conditions(query, dialect);
        var text = new JournalParts(filter, dialect, "audit_events", "e", AuditRowReader.Columns, "row_id").Take(after, last, filter.Value(count));
        return SqlQuery.Raw(text, filter.Parameters);
    }

    /// <summary>All events that match, in no order.</summary>
    public static SqlQuery All(AuditQuery query, SqlDialect dialect)
    {
        var filter = AuditSearch.Conditions(query, dialect);
        return SqlQuery.Raw($"SELECT e.journal_id, e.seq FROM audit_events AS e\n{filter.Where}", filter.Parameters);
    }

    /// <summary>The newest events that match, by an index of the search.</summary>
    public static SqlQuery Newest(AuditQuery query, SqlDialect dialect, int count) =>
        AuditSearch.Build(query with { Descending = true }, dialect, after: null, count);
}
