using Zotify.Logging.Database;
using Zotify.Logging.Terms;

namespace Zotify.Logging.Queries;

/// <summary>Validates an <see cref="AuditQuery"/> before anything waits for it or reads the database.</summary>
internal static class AuditQueryLimits
{
    /// <summary>Throws if a query exceeds the limits. Its limit, cursor and order are not checked.</summary>
    /// <exception cref="ArgumentException">A filter has over 100 values, or the terms are malformed.</exception>
    public static void Check(AuditQuery query)
    {
        foreach (var filter in AuditFilters.ByColumn(query))
        {
            if (!filter.IsType) SqlFilter.CheckCount(filter.Values.Count, filter.Property);
            SqlFilter.CheckCount(filter.Excluded.Count, AuditFilters.ExcludedProperty(filter.Property));
        }

        CheckTypes(query.EventTypes);
        if (query.Details.Count > 0) CheckDetails(query.Details, nameof(query.Details));
        if (query.ExcludedDetails.Count > 0) CheckDetails(query.ExcludedDetails, nameof(query.ExcludedDetails));
        SearchTerms.Parse(query.Text, nameof(query.Text));
    }

    private static void CheckDetails(IReadOnlyDictionary<string, IReadOnlyList<string>> details, string of)
    {
        var names = 0;
        foreach (var (path, values) in details)
        {
            var property = $"{of}.{path}";
            if (!DetailPath.TryParse(path, out var own))
            {
                throw new ArgumentException(
                    $"'{path}' is no path; use names in brackets, [order][id], or separated by dots, order.id.", property);
            }

            SqlFilter.CheckCount(names += own.Count, property);
            SqlFilter.CheckCount(values.Count, property);
        }
    }

    /// <summary>Names and patterns count separately. With a pattern that matches every type, the others have no effect.</summary>
    private static void CheckTypes(IReadOnlyList<string> types)
    {
        if (types.Count == 0 || types.Contains("*")) return;
        var (names, prefixes) = AuditTypePattern.Split(types);
        SqlFilter.CheckCount(prefixes.Length, nameof(AuditQuery.EventTypes));
        SqlFilter.CheckCount(names.Length, nameof(AuditQuery.EventTypes));
    }
}
