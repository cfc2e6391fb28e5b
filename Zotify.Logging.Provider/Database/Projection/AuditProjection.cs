using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Provider.Database.Entities;

namespace Zotify.Logging.Provider.Database.Projection;

/// <summary>The audit journal as <c>audit_events</c>, with the counts by hour and type.</summary>
internal sealed class AuditProjection : IProjection
{
    /// <inheritdoc/>
    public async Task ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken)
    {
        var rows = new List<AuditEventRow>(batch.Lines.Count);
        foreach (var line in batch.Lines)
        {
            try
            {
                rows.Add(AuditLine.Parse(line, batch.JournalId));
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
            {
                batch.Reject(line, exception);
            }
        }

        await batch.InsertAsync(rows, cancellationToken).ConfigureAwait(false);
        // In one order everywhere, so that no two instances wait for each other's rows.
        foreach (var events in rows.GroupBy(row => (Hour: AuditHours.Of(row.Timestamp), row.EventType)).OrderBy(e => e.Key.Hour).ThenBy(e => e.Key.EventType, StringComparer.Ordinal))
        {
            await CountAsync(batch.Context, events.Key.Hour, events.Key.EventType, events.Count(), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task SettleEarlierRunsAsync(LoggingDbContext context, long journalId, long lastSeq, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>Adds events to their hour's and type's count, in the context's transaction.</summary>
    public static async Task CountAsync(LoggingDbContext context, DateTime hour, string eventType, int count, CancellationToken cancellationToken)
    {
        var known = await context.AuditCounts
            .Where(row => row.Hour == hour && row.EventType == eventType)
            .ExecuteUpdateAsync(row => row.SetProperty(r => r.Count, r => r.Count + count), cancellationToken).ConfigureAwait(false);
        if (known > 0) return;
        context.AuditCounts.Add(new AuditCountRow { Hour = hour, EventType = eventType, Count = count });
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }
}
