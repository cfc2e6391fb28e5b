using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Limits of a query whose filters are compared with each line that is read; the same as in the searches of the database.
/// </summary>
internal static class QueryLimits
{
    /// <summary>Returns the terms of a text, which white space of any kind separates, as in the searches of the database.</summary>
    /// <exception cref="ArgumentException">There are over 100 terms, or one of over 1,000 characters.</exception>
    public static string[] Terms(string? text, string property) => SqlFilter.CheckTerms(text, property);

    /// <summary>Throws if there are too many values.</summary>
    /// <exception cref="ArgumentException">There are over 100.</exception>
    public static void Check(IReadOnlyCollection<string> values, string property) => SqlFilter.CheckCount(values.Count, property);
}
