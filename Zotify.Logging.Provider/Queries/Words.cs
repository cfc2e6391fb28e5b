namespace Zotify.Logging.Provider.Queries;

/// <summary>The parameter <c>q</c>: every space-separated word must occur.</summary>
internal static class Words
{
    /// <summary>The character that makes the next one literal in a LIKE pattern.</summary>
    public const string Escape = "\\";

    /// <summary>The words of a search text.</summary>
    public static string[] Of(string? text) =>
        (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The LIKE patterns of the words, with <c>%</c> and <c>_</c> taken literally.</summary>
    public static IEnumerable<string> Patterns(string? text) => Of(text).Select(word =>
        "%" + word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%");
}
