using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>A filter by the values of a column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Value">The column's value of a row.</param>
/// <param name="Values">The values, one of which the column must have; none means any value.</param>
/// <param name="Excluded">The values, none of which the column may have.</param>
/// <param name="Length">The column's length.</param>
/// <param name="Property">The property of <see cref="AuditQuery"/>.</param>
internal sealed record AuditFilter(
    string Column,
    Func<AuditEventRow, string?> Value,
    IReadOnlyList<string> Values,
    IReadOnlyList<string> Excluded,
    int Length,
    string Property)
{
    /// <summary>Whether the column has an index of its own.</summary>
    public bool IsIndexed { get; init; }

    /// <summary>Whether that index has the rows of a value in the order of their times.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>Whether its values may be patterns.</summary>
    public bool IsType => Property == nameof(AuditQuery.EventTypes);

    /// <summary>The values, cut to the column's length as when they were written, each once.</summary>
    public string[] Fitted
    {
        get
        {
            var fitted = new List<string>();
            for (var i = 0; i < Values.Count; i++)
            {
                var value = ColumnText.Fit(Values[i], Length);
                if (!fitted.Contains(value)) fitted.Add(value);
            }

            return [.. fitted];
        }
    }

    /// <summary>Whether it has values, none of which is the prefix of others.</summary>
    public bool IsExact => Values.Count > 0 && !(IsType && AuditTypePattern.AnyPrefix(Values));
}
