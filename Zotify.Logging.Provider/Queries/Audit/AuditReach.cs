using Zotify.Logging.Database;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Queries;

/// <summary>Which audit events are there of a journal.</summary>
/// <param name="JournalId">The journal, as a row of <c>journals</c>.</param>
/// <param name="Journal">The journal's own id.</param>
/// <param name="First">The number of the first one; of a journal that has none left, the number that would come next.</param>
/// <param name="Last">The number of the last one.</param>
internal sealed record AuditReach(long JournalId, Guid Journal, long First, long Last)
{
    /// <summary>Whether no event is left of it.</summary>
    public bool IsEmpty => First > Last;

    /// <summary>
    /// The journals that have events, and those of which a reader has seen events that had more. Two seeks for each journal, however many events there are.
    /// </summary>
    public static async Task<List<AuditReach>> FindAsync(LoggingConnection connection, JournalPositions seen, CancellationToken cancellationToken)
    {
        // First of all: what was committed until now, and is not there after this, was deleted.
        var cursors = await JournalRowReader.ReadSeqsAsync(connection, cancellationToken).ConfigureAwait(false);
        var journals = await connection.ReadAsync(
            $"""
            SELECT j.id, j.journal,
              (SELECT MIN(e.seq) FROM audit_events AS e WHERE e.journal_id = j.id),
              (SELECT MAX(e.seq) FROM audit_events AS e WHERE e.journal_id = j.id)
            FROM journals AS j
            """,
            row => (Id: row.GetInt64(0), Journal: connection.Dialect.ReadId(row, 1), First: row.NumberOrNull(2), Last: row.NumberOrNull(3)),
            cancellationToken).ConfigureAwait(false);
        return
        [
            .. journals.Where(row => row.Last is not null || seen.SeqOf(row.Id) > 0).Select(row =>
            {
                var end = Math.Max(cursors.GetValueOrDefault(row.Id), seen.SeqOf(row.Id));
                return new AuditReach(row.Id, row.Journal, row.First ?? end + 1, row.Last ?? end);
            }),
        ];
    }

    /// <summary>The place before the first events of all journals.</summary>
    public static JournalPositions StartOf(IEnumerable<AuditReach> journals) =>
        new(journals.Select(journal => KeyValuePair.Create(journal.JournalId, journal.First - 1)));

    /// <summary>
    /// Whether events after a number are gone. Numbers have no gaps, so that what is missing at the beginning was deleted; but a journal that
    /// a reader has seen nothing of may begin with any number, where it goes on for another one.
    /// </summary>
    public async Task<bool> IsGoneAfterAsync(LoggingConnection connection, long seq, CancellationToken cancellationToken) =>
        First > seq + 1 && (seq > 0 || await IsPrunedAsync(connection, cancellationToken).ConfigureAwait(false));

    private async Task<bool> IsPrunedAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        var filter = new SqlFilter(connection.Dialect);
        filter.Require($"e.event_type = {filter.Value(PruneAnchor.EventType)}");
        filter.Require($"e.journal_id = {filter.Value(JournalId)}");
        filter.Require($"e.category = {filter.Value(PruneAnchor.Category)}");
        var any = connection.Dialect.Take($"1 FROM audit_events AS e\n{filter.Where}", "e.seq", "1");
        return (await connection.ReadAsync(SqlQuery.Raw(any, filter.Parameters), _ => true, cancellationToken).ConfigureAwait(false)).Count > 0;
    }
}
