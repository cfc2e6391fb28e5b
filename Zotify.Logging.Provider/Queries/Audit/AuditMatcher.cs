using Zotify.Logging.Database;
using Zotify.Logging.Records;
using Zotify.Logging.Terms;

namespace Zotify.Logging.Queries;

/// <summary>
/// The filters of an <see cref="AuditQuery"/> that are compared here and not by an engine, so that every engine finds the same: terms,
/// details, and what is excluded. Immutable, thread-safe.
/// </summary>
internal sealed class AuditMatcher
{
    private readonly List<AuditFilter> _excluding = [];
    private readonly DetailConditions _details;

    /// <exception cref="ArgumentException">The terms are malformed, or exceed a limit.</exception>
    public AuditMatcher(AuditQuery query)
    {
        Terms = SearchTerms.Parse(query.Text, nameof(query.Text));
        foreach (var filter in AuditFilters.ByColumn(query))
        {
            if (filter.Excluded.Count > 0) _excluding.Add(Fitted(filter));
        }

        _details = new DetailConditions(query);
    }

    /// <summary>The terms of the text.</summary>
    public SearchTerms Terms { get; }

    /// <summary>Whether every row matches.</summary>
    public bool IsEmpty => Terms.IsEmpty && _excluding.Count == 0 && _details.IsEmpty;

    /// <summary>Whether a row matches. The filters that are not compared here are not looked at.</summary>
    public bool Matches(AuditEventRow row) =>
        !IsExcluded(row)
        && (_details.IsEmpty || _details.Match(row.Details))
        && Terms.Matches(row, AuditEventFields.Add);

    private bool IsExcluded(AuditEventRow row)
    {
        foreach (var filter in _excluding)
        {
            if (IsExcluded(filter, row)) return true;
        }

        return false;
    }

    private static bool IsExcluded(AuditFilter filter, AuditEventRow row)
    {
        if (filter.Value(row) is not { } value) return false;
        foreach (var excluded in filter.Excluded)
        {
            var isPattern = filter.IsType && excluded.EndsWith('*');
            if (isPattern ? value.AsSpan().StartsWith(excluded.AsSpan(0, excluded.Length - 1)) : value == excluded) return true;
        }

        return false;
    }

    /// <summary>The filter with the excluded values cut to the column's length, as they were when they were written.</summary>
    private static AuditFilter Fitted(AuditFilter filter) => filter with
    {
        Excluded =
        [
            .. filter.Excluded.Select(value =>
                filter.IsType && value.EndsWith('*') ? ColumnText.Fit(value) : ColumnText.Fit(value, filter.Length)),
        ],
    };
}
