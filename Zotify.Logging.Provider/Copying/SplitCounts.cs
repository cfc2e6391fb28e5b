using Zotify.Logging.Database;

namespace Zotify.Logging.Copying;

/// <summary>
/// Counts types apart that differ only in spaces at the end, after rows were copied from an engine that counts them as one. Counts of other
/// types, and the sum of all, stay as they were copied.
/// </summary>
internal static class SplitCounts
{
    private const string EndsWithSpace = "LIKE '% '";

    private const string OfSameType =
        $"s.hour = audit_counts.hour AND s.event_type {EndsWithSpace} AND RTRIM(s.event_type) = audit_counts.event_type";

    /// <summary>The statements, in order, for one transaction.</summary>
    public static IEnumerable<string> Statements(SqlDialect dialect)
    {
        yield return $"UPDATE audit_counts SET event_type = RTRIM(event_type) WHERE event_type {EndsWithSpace}";
        var hour = dialect.HourOf("e.timestamp");
        yield return
            $"""
            INSERT INTO audit_counts (hour, event_type, count)
            SELECT {hour}, e.event_type, COUNT(*)
            FROM audit_events AS e
            WHERE e.event_type {EndsWithSpace}
                AND EXISTS (SELECT 1 FROM audit_counts AS c WHERE c.hour = {hour} AND c.event_type = RTRIM(e.event_type))
            GROUP BY {hour}, e.event_type
            """;
        yield return
            $"""
            UPDATE audit_counts SET count = count - (SELECT SUM(s.count) FROM audit_counts AS s WHERE {OfSameType})
            WHERE event_type NOT {EndsWithSpace} AND EXISTS (SELECT 1 FROM audit_counts AS s WHERE {OfSameType})
            """;
        yield return $"DELETE FROM audit_counts WHERE count = 0 AND EXISTS (SELECT 1 FROM audit_counts AS s WHERE {OfSameType})";
    }
}
