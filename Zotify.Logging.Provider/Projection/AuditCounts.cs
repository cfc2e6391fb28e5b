using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Projection;

/// <summary>
/// Adds to the counts of events by hour and type: two statements, however many hours and types a batch has. Every transaction that changes
/// these rows locks them in the order of hour and type, so that no two of them can deadlock: neither two instances that project, nor
/// projection and retention.
/// </summary>
internal static class AuditCounts
{
    /// <summary>
    /// More rows than a transaction changes. SQL Server keeps the order of a part of a query only where the part is limited.
    /// </summary>
    public const string MaxRows = "100000";

    private static readonly RowColumn<AuditCountRow>[] Columns =
    [
        RowColumn<AuditCountRow>.Time("hour", row => row.Hour, (row, value) => row.Hour = value),
        RowColumn<AuditCountRow>.Text("event_type", ColumnLengths.Name, row => row.EventType, (row, value) => row.EventType = value),
        RowColumn<AuditCountRow>.Int64("count", row => row.Count, (row, value) => row.Count = value),
    ];

    /// <summary>Adds events to the counts of their hours and types, in the connection's transaction.</summary>
    public static Task AddAsync(LoggingConnection connection, IEnumerable<AuditEventRow> events, CancellationToken cancellationToken) =>
        AddAsync(
            connection,
            [
                .. events.GroupBy(row => (Hour: AuditHours.Of(row.Timestamp), row.EventType))
                    .Select(group => new AuditCountRow { Hour = group.Key.Hour, EventType = group.Key.EventType, Count = group.Count() }),
            ],
            cancellationToken);

    /// <summary>Adds to counts, in the connection's transaction.</summary>
    /// <exception cref="RowChangedException">Somebody else deleted one of the rows meanwhile.</exception>
    public static async Task AddAsync(
        LoggingConnection connection, IReadOnlyList<AuditCountRow> counts, CancellationToken cancellationToken)
    {
        if (counts.Count == 0) return;
        var dialect = connection.Dialect;
        // Grouped again: SQL Server compares types without the spaces at their ends.
        var grouped =
            $"""
            r.hour, MIN(r.event_type) AS event_type, SUM(r.count) AS count
            FROM {dialect.JsonRows("@rows", Columns)} AS r
            GROUP BY r.hour, r.event_type
            """;
        var added = dialect.Take(grouped, "r.hour, r.event_type", MaxRows);
        var rows = SqlJson.Of(
            [.. counts.Select(row => Columns.ToDictionary(column => column.Name, column => (object?)dialect.Stored(column.Value(row)!)))]);
        // First the rows that are missing. The other way round, a row that another instance commits after the update and before the insert
        // would get nothing from either.
        await connection.ExecuteLaterAsync(
            SqlQuery.Raw(
                $"""
                INSERT INTO audit_counts (hour, event_type, count)
                SELECT a.hour, a.event_type, 0 FROM ({added}) AS a
                WHERE NOT EXISTS (SELECT 1 FROM audit_counts AS c WHERE c.hour = a.hour AND c.event_type = a.event_type)
                """,
                dialect.Parameter("@rows", rows)),
            cancellationToken).ConfigureAwait(false);
        await connection.ExecuteLaterAsync(
            SqlQuery.Raw(
                $"""
                UPDATE audit_counts SET count = audit_counts.count + a.count
                FROM ({added}) AS a
                WHERE audit_counts.hour = a.hour AND audit_counts.event_type = a.event_type
                """,
                dialect.Parameter("@rows", rows)) with
            {
                // Fewer, where retention deletes one meanwhile.
                ExpectedCount = $"(SELECT SUM(1) FROM ({added}) AS e)",
            },
            cancellationToken).ConfigureAwait(false);
    }
}
