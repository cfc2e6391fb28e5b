namespace Zotify.Logging.Queries;

/// <summary>
/// Limits of a query whose filters are compared with each line that is read; the same as in the searches of the database.
/// </summary>
internal static class QueryLimits
{
    private const int MaxValues = 100;
    private const int MaxTermLength = 1_000;

    /// <summary>Returns the terms of a text, which white space of any kind separates, as in the searches of the database.</summary>
    /// <exception cref="ArgumentException">There are over 100 terms, or one of over 1,000 characters.</exception>
    public static string[] Terms(string? text, string property)
    {
        var terms = text?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];
        Check(terms, property);
        if (terms.Any(term => term.Length > MaxTermLength))
            throw new ArgumentException($"A term may have up to {MaxTermLength} characters.", property);
        return terms;
    }

    /// <summary>Throws if there are too many values.</summary>
    /// <exception cref="ArgumentException">There are over 100.</exception>
    public static void Check(IReadOnlyCollection<string> values, string property)
    {
        if (values.Count > MaxValues) throw new ArgumentException($"At most {MaxValues} values may be given.", property);
    }
}
