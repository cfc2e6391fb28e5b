using Zotify.Logging.Database;
using Zotify.Logging.Projection;

namespace Zotify.Logging.Queries;

/// <summary>
/// Counts the audit events by type and by time. It reads the table of counts, which has one row for each hour and type, so the cost does
/// not grow with the number of events. Times are rounded to whole hours: an hour that <see cref="AuditQuery.From"/> is in counts as a
/// whole. Thread-safe.
/// </summary>
internal sealed class AuditFacets
{
    private readonly LoggingDatabase _database;
    private readonly IReadYourWrites _readYourWrites;

    /// <param name="database">The database.</param>
    /// <param name="readYourWrites">Waits for what was logged before the query.</param>
    internal AuditFacets(LoggingDatabase database, IReadYourWrites readYourWrites)
    {
        _database = database;
        _readYourWrites = readYourWrites;
    }

    /// <summary>The event types, those with most events first.</summary>
    /// <param name="query">The types and times; the other filters are ignored.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentException">There are over 100 types.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async Task<AuditTypeCounts> TypesAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var matches = AuditTypePattern.Any(query.EventTypes);
        var behind = await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        return await _database.ReadAsync(
            async (connection, cancellation) =>
            {
                var hours = Hours(connection.Dialect, query);
                var counts = await connection.ReadAsync(
                    SqlQuery.Raw(
                        $"SELECT c.event_type, SUM(c.count), MAX(c.hour) FROM audit_counts AS c {hours.Where} GROUP BY c.event_type",
                        hours.Parameters),
                    row => (Type: row.GetString(0), Count: row.GetInt64(1), Last: connection.Dialect.ReadTime(row, 2)),
                    cancellation).ConfigureAwait(false);
                var items = new List<AuditTypeCount>();
                var matching = counts.Where(type => matches(type.Type));
                foreach (var type in matching.OrderByDescending(type => type.Count).ThenBy(type => type.Type, StringComparer.Ordinal))
                {
                    var end = type.Last.AddHours(1);
                    var last = await connection.ReadAsync(
                        $"SELECT MAX(e.timestamp) FROM audit_events AS e WHERE e.event_type = {type.Type} AND e.timestamp < {end}",
                        row => row.IsDBNull(0) ? (DateTime?)null : connection.Dialect.ReadTime(row, 0), cancellation).ConfigureAwait(false);
                    items.Add(new AuditTypeCount(type.Type, type.Count, last[0] ?? type.Last));
                }

                return new AuditTypeCounts(items, behind);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Counts the events by time, in buckets of equal length without gaps. Buckets of days begin at midnight in UTC.</summary>
    /// <param name="query">The types and times; the other filters are ignored.</param>
    /// <param name="interval">
    /// A bucket's length, whole hours; <see langword="null"/> for a length that gives about 100 buckets at most.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentException">There are over 100 types, or would be over 1,000 buckets.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async Task<AuditHistogram> HistogramAsync(AuditQuery query, TimeSpan? interval, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var matches = AuditTypePattern.Any(query.EventTypes);
        if (query is { From: { } from, To: { } to } && interval is { } given) AuditHistogram.Check(from.UtcDateTime, to.UtcDateTime, given);
        var behind = await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var counts = await _database.ReadAsync(
            (connection, cancellation) =>
            {
                var filter = Hours(connection.Dialect, query);
                return connection.ReadAsync(
                    SqlQuery.Raw($"SELECT c.hour, c.event_type, c.count FROM audit_counts AS c {filter.Where}", filter.Parameters),
                    row => (Hour: connection.Dialect.ReadTime(row, 0), EventType: row.GetString(1), Count: row.GetInt64(2)),
                    cancellation);
            },
            cancellationToken).ConfigureAwait(false);
        var hours = counts.Where(row => matches(row.EventType)).Select(row => (row.Hour, row.Count)).ToList();
        return AuditHistogram.Of(hours, query.From?.UtcDateTime, query.To?.UtcDateTime, interval) with { Behind = behind };
    }

    private static SqlFilter Hours(SqlDialect dialect, AuditQuery query)
    {
        var filter = new SqlFilter(dialect);
        filter.RequireTime("c.hour", query.From is { } from ? AuditHours.Of(from.UtcDateTime) : null, query.To);
        return filter;
    }
}
