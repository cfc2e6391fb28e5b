using Zotify.Logging.Database;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Queries;

/// <summary>The range of numbers that a journal has in the table of audit events.</summary>
/// <param name="JournalId">The journal, as a row of <c>journals</c>.</param>
/// <param name="Journal">The journal's own id.</param>
/// <param name="First">The number of the first event; if none is left, the number of the next event.</param>
/// <param name="Last">The number of the last event.</param>
internal sealed record AuditRange(long JournalId, Guid Journal, long First, long Last)
{
    /// <summary>Whether no event is left.</summary>
    public bool IsEmpty => First > Last;

    /// <summary>
    /// Returns the ranges of the journals that have events, and of those that a reader has read events of. Costs two seeks for each
    /// journal, however many events there are.
    /// </summary>
    public static async Task<List<AuditRange>> FindAsync(
        LoggingConnection connection, JournalsCursor read, CancellationToken cancellationToken)
    {
        // Read the checkpoints first: committed events that are missing below were deleted.
        var checkpoints = await JournalRowReader.ReadSeqsAsync(connection, cancellationToken).ConfigureAwait(false);
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
            .. journals.Where(row => row.Last is not null || read.SeqOf(row.Id) > 0).Select(row =>
            {
                var end = Math.Max(checkpoints.GetValueOrDefault(row.Id), read.SeqOf(row.Id));
                return new AuditRange(row.Id, row.Journal, row.First ?? end + 1, row.Last ?? end);
            }),
        ];
    }

    /// <summary>The cursor before the first events of all journals.</summary>
    public static JournalsCursor StartOf(IEnumerable<AuditRange> journals) =>
        new(journals.Select(journal => KeyValuePair.Create(journal.JournalId, journal.First - 1)));

    /// <summary>
    /// Whether events after a number were deleted. Numbers have no gaps, so missing events at the beginning were deleted. But if the reader
    /// has read nothing of a journal, its first event may have any number, because it may continue another journal.
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
        var found = await connection.ReadAsync(SqlQuery.Raw(any, filter.Parameters), _ => true, cancellationToken).ConfigureAwait(false);
        return found.Count > 0;
    }
}
