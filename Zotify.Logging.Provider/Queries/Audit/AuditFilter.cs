using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>A filter by the values of a column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Values">The values, any of which it has; none means any value.</param>
/// <param name="Length">The column's length.</param>
/// <param name="Parameter">What the filter is called by those who ask.</param>
internal sealed record AuditFilter(string Column, IReadOnlyList<string> Values, int Length, string Parameter)
{
    /// <summary>Whether its values may be patterns.</summary>
    public bool IsType => Parameter == "event_type";

    /// <summary>The values as they were fitted when they were written, each once.</summary>
    public IReadOnlyList<string> Fitted => [.. Values.Select(value => ColumnText.Fit(value, Length)).Distinct(StringComparer.Ordinal)];
}
