using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Provider.Database;
using Zotify.Logging.Provider.Database.Entities;

namespace Zotify.Logging.Provider.Queries.Audit.Verification;

/// <summary>A journal of the same writer and name that had ended in the database before the present one began there.</summary>
/// <param name="Journal">The journal.</param>
/// <param name="LastTime">The time of its last event.</param>
internal sealed record EarlierJournal(ProjectedJournal Journal, DateTime LastTime)
{
    /// <summary>The present journal, where the database knows it, and the earlier ones that it has events of.</summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public static Task<(JournalRow? Present, IReadOnlyList<EarlierJournal> Earlier)> FindAsync(
        LoggingDatabase database, JournalIdentity identity, CancellationToken cancellationToken) =>
        database.ReadAsync((context, cancellation) => FindAsync(context, database, identity, cancellation), cancellationToken);

    private static async Task<(JournalRow?, IReadOnlyList<EarlierJournal>)> FindAsync(
        LoggingDbContext context, LoggingDatabase database, JournalIdentity identity, CancellationToken cancellationToken)
    {
        var id = identity.Id ?? Guid.Empty;
        var present = await context.Journals.AsNoTracking().SingleOrDefaultAsync(row => row.Journal == id, cancellationToken).ConfigureAwait(false);
        // By the rows' own numbers, which nobody chooses: ids and times are in the files, too.
        var began = present is null ? null : await EventsOf(context, present).OrderBy(row => row.Seq).Select(row => (long?)row.RowId)
            .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        var (instance, name) = (present?.Instance ?? ColumnText.Fit(identity.Instance, ColumnLengths.Instance), ColumnText.Fit(identity.Name, ColumnLengths.Name));
        var others = await context.Journals.AsNoTracking().Where(row => row.Instance == instance && row.Name == name && row.Journal != id)
            .OrderBy(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        var earlier = new List<EarlierJournal>();
        foreach (var other in others)
        {
            var last = await EventsOf(context, other).OrderByDescending(row => row.Seq).Select(row => new { row.RowId, row.Timestamp })
                .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            if (last is not null && (began is null || last.RowId < began)) earlier.Add(new EarlierJournal(new ProjectedJournal(database, other), last.Timestamp));
        }

        return (present, earlier);
    }

    private static IQueryable<AuditEventRow> EventsOf(LoggingDbContext context, JournalRow journal) => context.AuditEvents.Where(row => row.JournalId == journal.Id);
}
