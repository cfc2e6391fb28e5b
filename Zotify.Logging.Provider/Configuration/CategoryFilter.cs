namespace Zotify.Logging.Configuration;

/// <summary>The categories that a handler accepts. Prefixes compare as in <c>Logging:LogLevel</c>, ignoring case. Immutable.</summary>
internal sealed class CategoryFilter(IEnumerable<string> categories, IEnumerable<string> excluded)
{
    private readonly string[] _categories = [.. categories];
    private readonly string[] _excluded = [.. excluded];

    /// <summary>Whether records of this category are accepted.</summary>
    public bool Accepts(string category) =>
        (_categories.Length == 0 || Any(_categories, category)) && !Any(_excluded, category);

    private static bool Any(string[] prefixes, string category) =>
        Array.Exists(prefixes, prefix => category.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
