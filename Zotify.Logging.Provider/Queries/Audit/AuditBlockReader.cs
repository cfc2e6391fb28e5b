using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Reads the audit events of all journals in blocks, in the order in which they were committed, and reports where events were deleted
/// before they were read.
/// </summary>
/// <param name="live">The database.</param>
/// <param name="query">The events to read.</param>
/// <param name="cursor">The cursor to start from.</param>
/// <param name="follows">Whether to wait for a database that is down.</param>
internal sealed class AuditBlockReader(LiveDatabase live, AuditQuery query, JournalsCursor cursor, bool follows)
    : LiveReader<AuditEvent>(AuditStreamCursor.Encode(cursor), follows)
{
    // The most journals in one query.
    private const int JournalsAtOnce = 100;

    // The most rows in one query where rows are compared here: most of them may not match.
    private const int ComparedAtOnce = 1_000;

    private readonly AuditMatcher _matcher = new(query);
    private AuditQuery _query = query;
    private JournalsCursor _cursor = cursor;

    private int Most => _matcher.IsEmpty ? RowsAtOnce : ComparedAtOnce;

    /// <inheritdoc/>
    protected override void RemoveTimeFilter() => _query = _query with { From = null, To = null };

    /// <inheritdoc/>
    protected override TableSubscription Subscribe() => live.Poller.Subscribe();

    /// <inheritdoc/>
    protected override Task<LogPoll<AuditEvent>> PollAsync(CancellationToken cancellationToken) =>
        live.ReadAsync(PollAsync, cancellationToken);

    private async Task<LogPoll<AuditEvent>> PollAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        var (journals, cursor, rows) = await ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        var hasGap = cursor != _cursor;
        var more = rows.Count > Most;
        if (more) rows.RemoveAt(Most);
        var items = new List<(LogItem<AuditEvent>, int)>(rows.Count + 1);
        if (hasGap)
        {
            DateTimeOffset? toTime = rows.FirstOrDefault(row => row.Row is not null).Row?.Timestamp;
            items.Add((new LogGap<AuditEvent>(Cursor, AuditStreamCursor.Encode(cursor)) { ToTime = toTime }, 0));
        }

        var ids = journals.ToDictionary(journal => journal.JournalId, journal => journal.Journal);
        foreach (var (_, journalId, seq, row) in rows)
        {
            cursor = cursor.With(journalId, seq);
            if (row is null) continue;
            var item = new AuditLogRecord(AuditStreamCursor.Encode(cursor), AuditEvent.Of(row, ids[journalId]));
            items.Add((item, AuditEvents.SizeOf(row)));
        }

        // At the end all readers have the same cursor, whatever their filters.
        if (!more) cursor = EndOf(journals, cursor);
        // Set only now: if the poll failed before this line, the next poll repeats it.
        _cursor = cursor;
        return new LogPoll<AuditEvent>(items, AuditStreamCursor.Encode(cursor), more);
    }

    /// <summary>Reads the journals' ranges, moves the cursor past deleted events, and reads the events after it.</summary>
    private async Task<(List<AuditRange> Journals, JournalsCursor Cursor, List<AuditPolledRow> Rows)> ReadAsync(
        LoggingConnection connection, CancellationToken cancellationToken)
    {
        // Read the ranges before the events: events that are committed in between are read as well, or by the next poll.
        var journals = await AuditRange.FindAsync(connection, _cursor, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var cursor = _cursor;
            foreach (var journal in journals)
            {
                if (await journal.IsGoneAfterAsync(connection, cursor.SeqOf(journal.JournalId), cancellationToken).ConfigureAwait(false))
                    cursor = cursor.With(journal.JournalId, journal.First - 1);
            }

            var rows = await RowsAsync(connection, journals, cursor, cancellationToken).ConfigureAwait(false);
            // Read the ranges again after the events: events that were deleted in between may be missing, and would not be reported.
            var before = journals.ToDictionary(journal => journal.JournalId, journal => journal.First);
            var after = await AuditRange.FindAsync(connection, _cursor, cancellationToken).ConfigureAwait(false);
            if (!after.Any(journal => journal.First > cursor.SeqOf(journal.JournalId) + 1
                && journal.First > before.GetValueOrDefault(journal.JournalId, long.MaxValue)))
                return (journals, cursor, rows);
            journals = after;
        }
    }

    private async Task<List<AuditPolledRow>> RowsAsync(
        LoggingConnection connection, List<AuditRange> journals, JournalsCursor cursor, CancellationToken cancellationToken)
    {
        var rows = new List<AuditPolledRow>();
        var unread = journals.Where(journal => journal.Last > cursor.SeqOf(journal.JournalId))
            .Select(journal => KeyValuePair.Create(journal.JournalId, cursor.SeqOf(journal.JournalId)));
        foreach (var after in unread.Chunk(JournalsAtOnce))
        {
            // One more than wanted shows whether there are more.
            var sql = AuditStreamSearch.Rows(_query, connection.Dialect, after, last: false, Most + 1);
            rows.AddRange(await connection.ReadAsync(
                sql, row => AuditPolledRow.Of(row, connection.Dialect, _matcher), cancellationToken).ConfigureAwait(false));
        }

        var isOneQuery = rows.Count <= Most + 1 && journals.Count <= JournalsAtOnce;
        return isOneQuery ? rows : [.. rows.OrderBy(row => row.RowId).Take(Most + 1)];
    }

    private static JournalsCursor EndOf(List<AuditRange> journals, JournalsCursor cursor) => new(journals
        .Where(journal => !journal.IsEmpty)
        .Select(journal => KeyValuePair.Create(journal.JournalId, Math.Max(journal.Last, cursor.SeqOf(journal.JournalId)))));
}
