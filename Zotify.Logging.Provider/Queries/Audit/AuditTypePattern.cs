using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>Matches event types by name or by prefix.</summary>
internal static class AuditTypePattern
{
    /// <summary>Returns a predicate that is true where a type matches one of the patterns. Without patterns every type matches.</summary>
    /// <exception cref="ArgumentException">There are over 100 patterns.</exception>
    public static Func<string, bool> Any(IReadOnlyList<string> patterns)
    {
        SqlFilter.CheckCount(patterns.Count, nameof(AuditQuery.EventTypes));
        if (patterns.Count == 0) return _ => true;
        var names = patterns.Where(pattern => !pattern.EndsWith('*'))
            .Select(name => ColumnText.Fit(name, ColumnLengths.Name)).ToHashSet(StringComparer.Ordinal);
        var prefixes = patterns.Where(pattern => pattern.EndsWith('*')).Select(pattern => ColumnText.Fit(pattern[..^1])).ToArray();
        return type => names.Contains(type) || prefixes.Any(prefix => type.StartsWith(prefix, StringComparison.Ordinal));
    }
}
