using Zotify.Logging.Database;
using Zotify.Logging.Projection;

namespace Zotify.Logging.Queries;

/// <summary>
/// Counts all events of a query by hour and type: whole hours from the table of counts, and the parts of hours where its time begins and
/// ends from the events themselves.
/// </summary>
internal static class AuditExactCounts
{
    /// <summary>
    /// The counts; <see langword="null"/> where a part of an hour has so many events that counting them would take long.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="query">A query that <see cref="AuditCountReader"/> knows.</param>
    /// <param name="most">The most events that are read of each part of an hour.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<List<(DateTime Hour, string Type, long Count)>?> ReadAsync(
        LoggingConnection connection, AuditQuery query, int most, CancellationToken cancellationToken)
    {
        var (from, to) = (query.From?.UtcDateTime, query.To?.UtcDateTime);
        var (first, last) = (from is { } begin ? NextHour(begin) : (DateTime?)null, to is { } end ? AuditHours.Of(end) : (DateTime?)null);
        var rows = new List<(DateTime Hour, string Type, long Count)>();
        foreach (var (start, stop) in PartsOf(from, to, first, last))
        {
            var part = query with { From = start, To = stop };
            var sample = await AuditSample.OpenAsync(connection, part, most, cancellationToken).ConfigureAwait(false);
            var counts = await sample.CountAsync([AuditFacetField.EventType], cancellationToken).ConfigureAwait(false);
            if (sample.StoppedAt is not null) return null;
            rows.AddRange(counts[0].Select(type => (AuditHours.Of(start), type.Key, type.Value)));
        }

        if (first >= last) return rows;
        var whole = query with { From = first, To = last };
        rows.AddRange(await AuditCountReader.ReadAsync(connection, whole, cancellationToken).ConfigureAwait(false));
        return rows;
    }

    /// <summary>The parts of hours that are not whole: at the beginning and at the end, or one in a single hour.</summary>
    private static IEnumerable<(DateTime Start, DateTime End)> PartsOf(DateTime? from, DateTime? to, DateTime? first, DateTime? last)
    {
        if (first > last)
        {
            if (from < to) yield return (from.Value, to.Value);
            yield break;
        }

        if (from < first) yield return (from.Value, first.Value);
        if (last < to) yield return (last.Value, to.Value);
    }

    // The calendar ends within an hour.
    private static DateTime NextHour(DateTime time)
    {
        var hour = AuditHours.Of(time);
        return hour == time ? time : hour > DateTime.MaxValue - TimeSpan.FromHours(1) ? DateTime.MaxValue : hour.AddHours(1);
    }
}
