using Zotify.Logging.Provider.Database.Entities;
using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Provider.Database.Projection;

/// <summary>Audit lines become <c>audit_events</c> and <c>audit_counts</c>.</summary>
internal sealed class AuditProjection : IProjection
{
    private static readonly string[] Columns =
    [
        "journal_id", "seq", "id", "timestamp", "event_type", "user_id", "source_ip", "level", "category", "event_id", "message",
        "details", "scope", "exception", "trace_id", "span_id", "instance", "key_id", "hash",
    ];

    /// <inheritdoc/>
    public async Task ApplyAsync(ProjectionTarget target, IReadOnlyList<JournalLine> lines, CancellationToken cancellationToken)
    {
        var rows = target.Read(lines, Read);
        await target.Engine.InsertAsync(
            target.Transaction, "audit_events", Columns, [.. rows.Select(row => Values(row, target.JournalId))], cancellationToken).ConfigureAwait(false);
        await CountAsync(target.Context, rows, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task RecoveredAsync(LoggingDbContext context, CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task CountAsync(LoggingDbContext context, IReadOnlyList<AuditEventRow> rows, CancellationToken cancellationToken)
    {
        foreach (var events in rows.GroupBy(row => (Hour: Hour(row.Timestamp), row.EventType)))
        {
            var count = await context.AuditCounts.FindAsync([events.Key.Hour, events.Key.EventType], cancellationToken).ConfigureAwait(false);
            if (count is null)
            {
                count = new AuditCountRow { Hour = events.Key.Hour, EventType = events.Key.EventType };
                context.Add(count);
            }

            count.Events += events.Count();
        }

        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    private static DateTime Hour(DateTime time) => new(time.Year, time.Month, time.Day, time.Hour, 0, 0, DateTimeKind.Utc);

    private static AuditEventRow Read(JournalJson line, long seq) => new()
    {
        Seq = seq,
        Id = Guid.Parse(line.Text("id") ?? throw new FormatException("'id' is missing")),
        Timestamp = line.Timestamp(),
        EventType = line.Required("event_type", ColumnLimits.Name),
        UserId = line.Text("user_id", ColumnLimits.Name),
        SourceIp = line.Text("source_ip", ColumnLimits.Name),
        Level = line.Required("level", 16),
        Category = line.Required("category", ColumnLimits.Category),
        EventId = (int?)line.Number("event_id"),
        Message = line.Text("message"),
        Details = line.Raw("details"),
        Scope = line.Raw("scope"),
        Exception = line.Text("exception"),
        TraceId = line.Text("trace_id", 32),
        SpanId = line.Text("span_id", 16),
        Instance = line.Required("instance", ColumnLimits.Instance),
        KeyId = line.Text("key_id", ColumnLimits.Name),
        Hash = line.Text("hash", ColumnLimits.Instance),
    };

    private static object?[] Values(AuditEventRow row, long journalId) =>
    [
        journalId, row.Seq, row.Id, row.Timestamp, row.EventType, row.UserId, row.SourceIp, row.Level, row.Category, row.EventId, row.Message,
        row.Details, row.Scope, row.Exception, row.TraceId, row.SpanId, row.Instance, row.KeyId, row.Hash,
    ];
}
