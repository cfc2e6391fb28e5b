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
        var (names, prefixes) = Split(patterns);
        var known = names.ToHashSet(StringComparer.Ordinal);
        return type => known.Contains(type) || prefixes.Any(prefix => type.StartsWith(prefix, StringComparison.Ordinal));
    }

    /// <summary>Splits patterns into names and prefixes, fitted to the column. Duplicates stay, because limits count them.</summary>
    public static (string[] Names, string[] Prefixes) Split(IReadOnlyList<string> patterns) => (
        [.. patterns.Where(pattern => !IsPrefix(pattern)).Select(name => ColumnText.Fit(name, ColumnLengths.Name))],
        [.. patterns.Where(IsPrefix).Select(pattern => ColumnText.Fit(pattern[..^1]))]);

    /// <summary>Whether any of the patterns is a prefix.</summary>
    public static bool AnyPrefix(IReadOnlyList<string> patterns)
    {
        for (var i = 0; i < patterns.Count; i++)
        {
            if (IsPrefix(patterns[i])) return true;
        }

        return false;
    }

    /// <summary>Whether a pattern is the prefix of names, instead of a name.</summary>
    public static bool IsPrefix(string pattern) => pattern.EndsWith('*');
}
