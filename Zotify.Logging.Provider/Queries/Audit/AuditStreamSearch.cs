using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>Writes the SQL of a stream of audit events, with the conditions of <see cref="AuditSearch"/>.</summary>
internal static class AuditStreamSearch
{
    /// <summary>Returns the SQL for the first or last <paramref name="count"/> events that match after a cursor.</summary>
    /// <param name="query">The query; its order, limit and cursor are ignored.</param>
    /// <param name="dialect">How the engine writes it.</param>
    /// <param name="after">The journals to read, each with the number to read after; at least one, at most 100.</param>
    /// <param name="last">Reads the last events instead of the first.</param>
    /// <param name="count">The most events.</param>
    public static SqlQuery Rows(AuditQuery query, SqlDialect dialect, IReadOnlyList<KeyValuePair<long, long>> after, bool last, int count)
    {
        var filter = AuditSearch.Conditions(query, dialect);
        var parts = new JournalParts(filter, dialect, "audit_events", "e", AuditRowReader.Columns, "row_id");
        return SqlQuery.Raw(parts.Take(after, last, filter.Count(count)), filter.Parameters);
    }

    /// <summary>Returns the SQL for all events that match, in no order.</summary>
    public static SqlQuery All(AuditQuery query, SqlDialect dialect)
    {
        var filter = AuditSearch.Conditions(query, dialect);
        return SqlQuery.Raw($"SELECT e.journal_id, e.seq FROM audit_events AS e\n{filter.Where}", filter.Parameters);
    }

    /// <summary>Returns the SQL for the newest events that match, by an index of the search.</summary>
    public static SqlQuery Newest(AuditQuery query, SqlDialect dialect, int count) =>
        AuditSearch.Build(query with { Descending = true }, dialect, after: null, count);
}
