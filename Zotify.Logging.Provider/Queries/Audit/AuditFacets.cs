using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Counts the audit events that a search finds, by the values of fields and by time. It reads the events, the newest first, and stops where
/// that would take long; a query by types and times alone is then answered by the counts of hours. Thread-safe.
/// </summary>
internal sealed class AuditFacets
{
    private const int MaxValues = 1_000;

    private readonly LoggingDatabase _database;
    private readonly IReadYourWrites _readYourWrites;

    /// <param name="database">The database.</param>
    /// <param name="readYourWrites">Waits for what was logged before the query.</param>
    internal AuditFacets(LoggingDatabase database, IReadYourWrites readYourWrites)
    {
        _database = database;
        _readYourWrites = readYourWrites;
    }

    /// <summary>How many events are read to count them.</summary>
    internal int MostCounted { get; init; } = ScanBudget.UsualRows;

    /// <summary>The values of fields, those with most events first.</summary>
    /// <param name="query">Which events; order, limit and cursor are ignored.</param>
    /// <param name="fields">The fields.</param>
    /// <param name="limit">The most values of each, 1 to 1000.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentException">The query exceeds a limit, or the terms are malformed.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async Task<AuditFacetValues> ValuesAsync(
        AuditQuery query, IReadOnlyList<AuditFacetField> fields, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxValues);
        AuditQueryLimits.Check(query);
        var behind = await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        return await _database.ReadAsync(
            async (connection, cancellation) =>
            {
                var sample = await AuditSample.OpenAsync(connection, query, MostCounted, cancellation).ConfigureAwait(false);
                var counts = await sample.CountAsync(fields, cancellation).ConfigureAwait(false);
                var items = new List<AuditFacet>();
                foreach (var (field, values) in fields.Zip(counts))
                {
                    var isWhole = sample.StoppedAt is null;
                    var all = values;
                    if (!isWhole
                        && field == AuditFacetField.EventType
                        && AuditCountReader.Knows(query)
                        && await AuditExactCounts.ReadAsync(connection, query, MostCounted, cancellation).ConfigureAwait(false) is { } rows)
                    {
                        all = rows.GroupBy(row => row.Type, StringComparer.Ordinal)
                            .ToDictionary(type => type.Key, type => type.Sum(row => row.Count), StringComparer.Ordinal);
                        isWhole = true;
                    }

                    var most = all.OrderByDescending(value => value.Value).ThenBy(value => value.Key, StringComparer.Ordinal)
                        .Take(limit).Select(value => new AuditFacetValue(value.Key, value.Value)).ToList();
                    items.Add(new AuditFacet(field, most, all.Count - most.Count, isWhole));
                }

                return new AuditFacetValues(items, sample.Count, sample.StoppedAt, behind);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The event types, those with most events first. Counts are of whole hours.</summary>
    /// <param name="query">The types and times; the other filters are ignored.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentException">There are over 100 types.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async Task<AuditTypeCounts> TypesAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        AuditQueryLimits.Check(query);
        var behind = await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        return await _database.ReadAsync(
            async (connection, cancellation) =>
            {
                var rows = await AuditCountReader.ReadAsync(connection, query, cancellation).ConfigureAwait(false);
                var types = rows.GroupBy(row => row.Type, StringComparer.Ordinal)
                    .Select(type => (Type: type.Key, Count: type.Sum(row => row.Count), Last: type.Max(row => row.Hour)));
                var items = new List<AuditTypeCount>();
                foreach (var type in types.OrderByDescending(type => type.Count).ThenBy(type => type.Type, StringComparer.Ordinal))
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
    /// <param name="query">Which events; order, limit and cursor are ignored.</param>
    /// <param name="interval">
    /// A bucket's length, whole minutes; <see langword="null"/> for a length that gives about 100 buckets at most.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentException">
    /// The query exceeds a limit, the terms are malformed, or there would be over 1,000 buckets.
    /// </exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async Task<AuditHistogram> HistogramAsync(AuditQuery query, TimeSpan? interval, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        AuditQueryLimits.Check(query);
        var (from, to) = (query.From?.UtcDateTime, query.To?.UtcDateTime);
        if (from is { } first && to is { } end && interval is { } given) TimeBuckets.Check(first, end, given);
        var behind = await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var histogram = await _database.ReadAsync(
            async (connection, cancellation) =>
            {
                var sample = await AuditSample.OpenAsync(connection, query, MostCounted, cancellation).ConfigureAwait(false);
                var times = await sample.TimesAsync(cancellation).ConfigureAwait(false);
                if (sample.StoppedAt is not null
                    && AuditCountReader.Knows(query)
                    && !(interval < TimeSpan.FromHours(1))
                    && await AuditExactCounts.ReadAsync(connection, query, MostCounted, cancellation).ConfigureAwait(false) is { } rows)
                {
                    var hours = rows.ConvertAll(row => (row.Hour, row.Count));
                    // The time may begin within the newest hour.
                    DateTime? end = to ?? (rows.Count == 0 ? null : rows.Max(row => row.Hour).AddTicks(TimeSpan.TicksPerHour - 1));
                    return AuditHistogram.Of(hours, from, end, interval, TimeSpan.FromHours(1));
                }

                var counted = times.ConvertAll(time => (time, 1L));
                return AuditHistogram.Of(counted, sample.StoppedAt ?? from, to, interval, TimeSpan.FromMinutes(1)) with
                {
                    StoppedAt = sample.StoppedAt,
                };
            },
            cancellationToken).ConfigureAwait(false);
        return histogram with { Behind = behind };
    }
}
