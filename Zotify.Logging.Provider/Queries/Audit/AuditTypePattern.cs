using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>Event types by name, or by what they start with.</summary>
internal static class AuditTypePattern
{
    /// <summary>Whether a type is any of those that are meant; with none, every type is.</summary>
    /// <exception cref="ArgumentException">There are over 100.</exception>
    public static Func<string, bool> Any(IReadOnlyList<string> patterns)
    {
        SqlFilter.CheckCount(patterns.Count, "event_type");
        if (patterns.Count == 0) return _ => true;
        var names = patterns.Where(pattern => !pattern.EndsWith('*')).Select(name => ColumnText.Fit(name, ColumnLengths.Name)).ToHashSet(StringComparer.Ordinal);
        var prefixes = patterns.Where(pattern => pattern.EndsWith('*')).Select(pattern => ColumnText.Fit(pattern[..^1])).ToArray();
        return type => names.Contains(type) || prefixes.Any(prefix => type.StartsWith(prefix, StringComparison.Ordinal));
    }
}
