namespace Zotify.Logging.Queries;

/// <summary>
/// The filters by columns that an engine would have to look for in any number of rows, so that they are compared here, within a budget.
/// Immutable, thread-safe.
/// </summary>
internal sealed class AuditColumnConditions
{
    private readonly List<Condition> _all = [];

    /// <param name="query">The search.</param>
    /// <param name="except">The filter that the engine has an ordered index of, and which it compares.</param>
    public AuditColumnConditions(AuditQuery query, AuditFilter? except)
    {
        foreach (var filter in AuditFilters.ByColumn(query))
        {
            if (filter.Values.Count == 0 || filter.Column == except?.Column) continue;
            var (names, prefixes) = filter.IsType ? AuditTypePattern.Split(filter.Values) : (filter.Fitted, []);
            // The pattern of every type.
            if (Array.Exists(prefixes, prefix => prefix.Length == 0)) continue;
            _all.Add(new Condition(filter.Value, names, prefixes));
        }
    }

    /// <summary>Whether every row meets them.</summary>
    public bool IsEmpty => _all.Count == 0;

    /// <summary>Whether a row meets them.</summary>
    public bool Match(AuditEventRow row)
    {
        foreach (var condition in _all)
        {
            if (!condition.Match(row)) return false;
        }

        return true;
    }

    private sealed class Condition(Func<AuditEventRow, string?> valueOf, string[] names, string[] prefixes)
    {
        public bool Match(AuditEventRow row)
        {
            if (valueOf(row) is not { } value) return false;
            return Array.IndexOf(names, value) >= 0
                || Array.Exists(prefixes, prefix => value.StartsWith(prefix, StringComparison.Ordinal));
        }
    }
}
