using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Provider.Database.Entities;
using Zotify.Logging.Provider.Database.Projection;

namespace Zotify.Logging.Provider.Database.Retention;

/// <summary>
/// Deletes audit events that their journal does not hold any more. The counts of their hours fall with them, in the same
/// transaction.
/// </summary>
internal sealed class AuditRows(RetentionSession session)
{
    /// <summary>The <c>details</c> of a journal's newest event of this type and category; <see langword="null"/> where there is none.</summary>
    public Task<string?> NewestDetailsAsync(long journalId, string eventType, string category, CancellationToken cancellationToken) =>
        session.Context.AuditEvents
            .Where(row => row.EventType == eventType && row.JournalId == journalId && row.Category == category)
            .OrderByDescending(row => row.Seq).Select(row => row.Details).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Deletes the events of a journal, a row of <c>journals</c>, up to number <paramref name="throughSeq"/>.</summary>
    public Task DeleteThroughAsync(long journalId, long throughSeq, CancellationToken cancellationToken) =>
        DeleteAsync(row => row.JournalId == journalId && row.Seq <= throughSeq, cancellationToken);

    /// <summary>
    /// Deletes the events from before <paramref name="time"/> of the journals that this writer had before
    /// <paramref name="journal"/>. Their files were wiped or replaced: no segment tells any more when they go.
    /// </summary>
    public async Task DeleteOfFormerAsync(JournalRow journal, DateTime time, CancellationToken cancellationToken)
    {
        var formers = await session.Context.Journals
            .Where(row => row.Instance == journal.Instance && row.Name == journal.Name && row.Id != journal.Id)
            .Select(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var former in formers)
        {
            await DeleteAsync(row => row.JournalId == former && row.Timestamp < time, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task DeleteAsync(Expression<Func<AuditEventRow, bool>> gone, CancellationToken cancellationToken) =>
        session.DeleteAsync(() => DeleteChunkAsync(session.Context, gone, cancellationToken), cancellationToken);

    private static async Task<bool> DeleteChunkAsync(
        LoggingDbContext context, Expression<Func<AuditEventRow, bool>> gone, CancellationToken cancellationToken)
    {
        var events = await context.AuditEvents.Where(gone).OrderBy(row => row.Seq).Take(RetentionSession.ChunkSize)
            .Select(row => new { row.Seq, row.Timestamp, row.EventType })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        if (events.Count == 0) return false;
        var last = events[^1].Seq;
        await context.AuditEvents.Where(gone).Where(row => row.Seq <= last).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        // In the order in which they are added to.
        foreach (var counted in events.GroupBy(row => (Hour: AuditHours.Of(row.Timestamp), row.EventType)).OrderBy(e => e.Key.Hour).ThenBy(e => e.Key.EventType, StringComparer.Ordinal))
        {
            var (hour, eventType) = counted.Key;
            var count = counted.Count();
            var rows = context.AuditCounts.Where(row => row.Hour == hour && row.EventType == eventType);
            await rows.ExecuteUpdateAsync(row => row.SetProperty(r => r.Count, r => r.Count - count), cancellationToken).ConfigureAwait(false);
            await rows.Where(row => row.Count <= 0).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        }

        return events.Count == RetentionSession.ChunkSize;
    }
}
