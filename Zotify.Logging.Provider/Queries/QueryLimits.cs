namespace Zotify.Logging.Queries;

/// <summary>How much a query may ask for where each line read is compared with all of it; the same as in the searches of the database.</summary>
internal static class QueryLimits
{
    private const int MaxValues = 100;
    private const int MaxWordLength = 1_000;

    /// <summary>The space-separated words of a text.</summary>
    /// <exception cref="ArgumentException">There are over 100 words, or one of over 1,000 characters.</exception>
    public static string[] Words(string? text, string parameter)
    {
        var words = text?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        Check(words, parameter);
        if (words.Any(word => word.Length > MaxWordLength)) throw new ArgumentException($"A word may have up to {MaxWordLength} characters.", parameter);
        return words;
    }

    /// <summary>Refuses too many values.</summary>
    /// <exception cref="ArgumentException">There are over 100.</exception>
    public static void Check(IReadOnlyCollection<string> values, string parameter)
    {
        if (values.Count > MaxValues) throw new ArgumentException($"At most {MaxValues} values may be given.", parameter);
    }
}
