using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>Reads the audit events of all journals in blocks, in the order in which they were committed, and tells where some were deleted before they were read.</summary>
/// <param name="live">The database.</param>
/// <param name="query">Which of the events to read.</param>
/// <param name="place">Where to start.</param>
/// <param name="follows">Whether to wait for a database that is away.</param>
internal sealed class AuditBlockReader(LiveDatabase live, AuditQuery query, JournalPositions place, bool follows)
    : LiveReader<AuditLogItem>(AuditPosition.Encode(place), follows)
{
    // One query's.
    private const int JournalsAtOnce = 100;

    private AuditQuery _query = query;
    private JournalPositions _place = place;

    /// <inheritdoc/>
    protected override void Widen() => _query = _query with { From = null, To = null };

    /// <inheritdoc/>
    protected override NewsSignal NewSignal() => live.Watch.Follow();

    /// <inheritdoc/>
    protected override Task<LogPass<AuditLogItem>> PassAsync(CancellationToken cancellationToken) => live.ReadAsync(PassAsync, cancellationToken);

    private async Task<LogPass<AuditLogItem>> PassAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        var (journals, place, rows) = await LookAsync(connection, cancellationToken).ConfigureAwait(false);
        var from = place == _place ? null : Position;
        var more = rows.Count > RowsAtOnce;
        if (more) rows.RemoveAt(RowsAtOnce);
        var items = new List<(AuditLogItem, int)>(rows.Count + 1);
        if (from is not null) items.Add((new AuditLogGap(from, AuditPosition.Encode(place)) { ToTime = rows is [var first, ..] ? first.Timestamp : null }, 0));
        var ids = journals.ToDictionary(journal => journal.JournalId, journal => journal.Journal);
        foreach (var row in rows)
        {
            place = place.With(row.JournalId, row.Seq);
            items.Add((new AuditLogRecord(AuditPosition.Encode(place), AuditEvent.Of(row, ids[row.JournalId])), SizeOf(row)));
        }

        // At the end all readers are at the same place, whatever they have seen.
        if (!more) place = new JournalPositions(journals.Where(journal => !journal.IsEmpty).Select(journal => KeyValuePair.Create(journal.JournalId, Math.Max(journal.Last, place.SeqOf(journal.JournalId)))));
        // Only now: what failed before is read again.
        _place = place;
        return new LogPass<AuditLogItem>(items, AuditPosition.Encode(place), more);
    }

    /// <summary>The journals, the place behind what is gone of them, and the events after it.</summary>
    private async Task<(List<AuditReach> Journals, JournalPositions Place, List<AuditEventRow> Rows)> LookAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        // Before the events: what is committed in between is read as well, or comes next.
        var journals = await AuditReach.FindAsync(connection, _place, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var place = _place;
            foreach (var journal in journals)
            {
                if (await journal.IsGoneAfterAsync(connection, place.SeqOf(journal.JournalId), cancellationToken).ConfigureAwait(false))
                    place = place.With(journal.JournalId, journal.First - 1);
            }

            var rows = await RowsAsync(connection, journals, place, cancellationToken).ConfigureAwait(false);
            // And after them: what was deleted in between may not be among them, and would be missed without a word.
            var before = journals.ToDictionary(journal => journal.JournalId, journal => journal.First);
            var after = await AuditReach.FindAsync(connection, _place, cancellationToken).ConfigureAwait(false);
            if (!after.Any(journal => journal.First > place.SeqOf(journal.JournalId) + 1 && journal.First > before.GetValueOrDefault(journal.JournalId, long.MaxValue)))
                return (journals, place, rows);
            journals = after;
        }
    }

    private async Task<List<AuditEventRow>> RowsAsync(
        LoggingConnection connection, List<AuditReach> journals, JournalPositions place, CancellationToken cancellationToken)
    {
        var rows = new List<AuditEventRow>();
        var unread = journals.Where(journal => journal.Last > place.SeqOf(journal.JournalId)).Select(journal => KeyValuePair.Create(journal.JournalId, place.SeqOf(journal.JournalId)));
        foreach (var after in unread.Chunk(JournalsAtOnce))
        {
            // One more than wanted tells whether there are more.
            var sql = AuditStreamSearch.Rows(_query, live.Database.Dialect, after, last: false, RowsAtOnce + 1);
            rows.AddRange(await AuditRowReader.ReadAsync(connection, sql, cancellationToken).ConfigureAwait(false));
        }

        return rows.Count <= RowsAtOnce + 1 && journals.Count <= JournalsAtOnce ? rows : [.. rows.OrderBy(row => row.RowId).Take(RowsAtOnce + 1)];
    }

    private static int SizeOf(AuditEventRow row) =>
        500 + (row.Message?.Length ?? 0) + (row.Details?.Length ?? 0) + (row.Scope?.Length ?? 0) + (row.Exception?.Length ?? 0);
}
