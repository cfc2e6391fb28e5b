using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Limits of a query whose filters are compared with each line that is read; the same as in the searches of the database.
/// </summary>
internal static class QueryLimits
{
    /// <summary>Throws if there are too many values.</summary>
    /// <exception cref="ArgumentException">There are over 100.</exception>
    public static void Check(IReadOnlyCollection<string> values, string property) => SqlFilter.CheckCount(values.Count, property);
}
