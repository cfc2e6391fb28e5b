using System.Globalization;
using Zotify.Logging.Database;
using Zotify.Logging.Terms;

namespace Zotify.Logging.Queries;

/// <summary>
/// Chooses how a search reads rows: by the index of a column, by the index of the texts, or first by a column and then by the texts.
/// </summary>
internal static class AuditRowSources
{
    // Comparing so few rows costs less than reading the index of the texts.
    private const int Few = 1_000;

    /// <summary>The source of a search.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="query">The search, with patterns of types expanded.</param>
    /// <param name="matcher">The filters that are compared.</param>
    /// <param name="limits">The most that one query of the engine may read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task<IAuditRowSource> ChooseAsync(
        LoggingConnection connection, AuditQuery query, AuditMatcher matcher, ScanLimits limits, CancellationToken cancellationToken)
    {
        var leading = AuditFilters.LeadingOf(query);
        var ordered = AuditFilters.OrderedOf(query);
        var conditions = Conditions(query, matcher, except: ordered);
        // Nothing else leaves out a row, so the index of the column, or that by time, has the order of the answers.
        return conditions.IsEmpty
            ? Task.FromResult<IAuditRowSource>(new AuditOrderedRows(query, connection.Dialect))
            : ChooseAsync(connection, query, conditions, leading, limits, cancellationToken);
    }

    private static async Task<IAuditRowSource> ChooseAsync(
        LoggingConnection connection, AuditQuery query, TextConditions conditions, AuditFilter? leading,
        ScanLimits limits, CancellationToken cancellationToken)
    {
        if (leading is not null && await HasFewAsync(connection, leading, query, cancellationToken).ConfigureAwait(false))
            return new AuditFilteredRows(query, connection.Dialect);
        var ordered = leading is { IsOrdered: true } ? leading : null;
        if (ordered is not null) conditions.RequireValue(ordered.Column, ordered.Fitted);
        var isDirect = AuditFilters.CountGiven(query) == (ordered is null ? 0 : 1);
        return new AuditIndexedAfterFirst(
            connection, query, conditions, isDirect ? new AuditOrderedRows(query, connection.Dialect) : null, limits);
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

    private static async Task<bool> HasFewAsync(
        LoggingConnection connection, AuditFilter leading, AuditQuery query, CancellationToken cancellationToken)
    {
        var sql = AuditSearch.CountLeading(leading, query, connection.Dialect, Few);
        var counts = await connection.ReadAsync(
            sql, row => Convert.ToInt64(row.GetValue(0), CultureInfo.InvariantCulture), cancellationToken).ConfigureAwait(false);
        return counts[0] < Few;
    }
}
