using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Provider.Database;
using Zotify.Logging.Provider.Handlers.Audit;

namespace Zotify.Logging.Provider.Queries.Audit;

/// <summary>Which audit events are there of a journal.</summary>
/// <param name="JournalId">The journal, as a row of <c>journals</c>.</param>
/// <param name="Journal">The journal's own id.</param>
/// <param name="First">The number of the first one.</param>
/// <param name="Last">The number of the last one.</param>
internal sealed record AuditReach(long JournalId, Guid Journal, long First, long Last)
{
    /// <summary>The journals that have events. Two seeks for each journal, however many events there are.</summary>
    public static async Task<List<AuditReach>> FindAsync(LoggingDbContext context, CancellationToken cancellationToken)
    {
        var journals = await context.Journals.AsNoTracking().Select(row => new
        {
            row.Id,
            row.Journal,
            First = context.AuditEvents.Where(e => e.JournalId == row.Id).OrderBy(e => e.Seq).Select(e => (long?)e.Seq).FirstOrDefault(),
            Last = context.AuditEvents.Where(e => e.JournalId == row.Id).OrderByDescending(e => e.Seq).Select(e => (long?)e.Seq).FirstOrDefault(),
        }).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. journals.Where(row => row.Last is not null).Select(row => new AuditReach(row.Id, row.Journal, row.First!.Value, row.Last!.Value))];
    }

    /// <summary>The place before the first events of all journals.</summary>
    public static JournalPositions StartOf(IEnumerable<AuditReach> journals) =>
        new(journals.Select(journal => KeyValuePair.Create(journal.JournalId, journal.First - 1)));

    /// <summary>
    /// Whether events after a number are gone. Numbers have no gaps, so that what is missing at the beginning was deleted; but a journal that
    /// a reader has seen nothing of may begin with any number, where it goes on for another one.
    /// </summary>
    public async Task<bool> IsGoneAfterAsync(LoggingDbContext context, long seq, CancellationToken cancellationToken) =>
        First > seq + 1 && (seq > 0 || await context.AuditEvents
            .AnyAsync(e => e.EventType == OwnEvents.Pruned && e.JournalId == JournalId && e.Category == OwnEvents.Category, cancellationToken).ConfigureAwait(false));
}
