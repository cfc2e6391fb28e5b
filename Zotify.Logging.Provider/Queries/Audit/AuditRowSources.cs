using Zotify.Logging.Database;
using Zotify.Logging.Terms;

namespace Zotify.Logging.Queries;

/// <summary>
/// Chooses how a search reads rows: by the index of a column, by the index of the texts, or first by a column and then by the texts.
/// </summary>
internal static class AuditRowSources
{
    /// <summary>The source of a search.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="query">The search, with patterns of types expanded.</param>
    /// <param name="matcher">The filters that are compared.</param>
    /// <param name="limits">The most that one query of the engine may read.</param>
    public static IAuditRowSource Choose(LoggingConnection connection, AuditQuery query, AuditMatcher matcher, ScanLimits limits)
    {
        var byOrder = new AuditOrderedRows(query, connection.Dialect);
        var leading = AuditFilters.LeadingOf(query);
        var ordered = AuditFilters.OrderedOf(query);
        var isDirect = AuditFilters.CountGiven(query) == (ordered is null ? 0 : 1);
        // Nothing else leaves out a row, so the index of the column, or that by time, has the order of the answers.
        if (isDirect && matcher.IsEmpty) return byOrder;
        var conditions = Conditions(query, matcher, except: ordered);
        if (conditions.IsEmpty) return byOrder;
        if (ordered is not null) conditions.RequireValue(ordered.Column, ordered.Fitted);
        var indexed = new AuditIndexedAfterFirst(connection, query, conditions, isDirect ? byOrder : null, limits);
        return leading is null
            ? indexed
            : new AuditFewOrIndexed(connection, query, leading, new AuditFilteredRows(query, connection.Dialect), indexed);
    }

    private static TextConditions Conditions(AuditQuery query, AuditMatcher matcher, AuditFilter? except)
    {
        var conditions = new TextConditions();
        foreach (var phrase in matcher.Terms.Required) conditions.RequirePhrase(phrase);
        foreach (var filter in AuditFilters.ByColumn(query))
        {
            if (filter.Column != except?.Column && filter.IsExact) conditions.RequireValue(filter.Column, filter.Fitted);
        }

        // A value of the details is one of the fields that are searched.
        foreach (var values in query.Details.Values)
        {
            if (values.Count == 1) conditions.RequirePhrase(CaseFolding.Fold(values[0].Replace('\0', '\uFFFD')));
        }

        return conditions;
    }
}
