using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>The start of a stream of audit events.</summary>
/// <param name="Cursor">The cursor before the first event.</param>
/// <param name="Gap">
/// The events that are missing between the cursor that was handed in and this one; <see langword="null"/> if none are known to be missing.
/// </param>
/// <param name="StoppedAt">
/// Where the search for the last events stopped before it had found as many as were asked for; otherwise <see langword="null"/>.
/// </param>
internal sealed record AuditResumePoint(JournalsCursor Cursor, LogGap<AuditEvent>? Gap, AuditPageCursor? StoppedAt = null)
{
    private const int DefaultTail = 100;
    private const int JournalsAtOnce = 100;

    /// <summary>Finds the start.</summary>
    public static async Task<AuditResumePoint> FindAsync(
        LoggingConnection connection,
        AuditStreamQuery query,
        JournalsCursor? after,
        ScanBudget budget,
        CancellationToken cancellationToken)
    {
        // Read the ranges first: events that are committed from now on are after every cursor that is found.
        var journals = await AuditRange.FindAsync(connection, JournalsCursor.Start, cancellationToken).ConfigureAwait(false);
        var isKnown = after is null || await connection.HasLinesUpToAsync(after, cancellationToken).ConfigureAwait(false);
        var cursor = after is not null && isKnown ? after : AuditRange.StartOf(journals);
        var gap = isKnown ? null : new LogGap<AuditEvent>(AuditStreamCursor.Encode(after!), AuditStreamCursor.Encode(cursor));
        var isOpen = after is null && query.Filter.From is null && query.Filter.To is null;
        var tail = query.Tail ?? (isOpen ? DefaultTail : null);
        if (tail is null && (after is not null || query.Filter.From is null)) return new AuditResumePoint(cursor, gap);
        var search = new AuditTail(connection, query.Filter, budget);
        cursor = await FirstAsync(connection, query.Filter, tail, search, journals, cursor, cancellationToken).ConfigureAwait(false);
        return new AuditResumePoint(cursor, gap, search.StoppedAt);
    }

    /// <summary>Finds the cursor before the first event that matches, or before the last ones.</summary>
    private static async Task<JournalsCursor> FirstAsync(
        LoggingConnection connection,
        AuditQuery filter,
        int? tail,
        AuditTail search,
        List<AuditRange> journals,
        JournalsCursor after,
        CancellationToken cancellationToken)
    {
        var ends = journals.ToDictionary(journal => journal.JournalId, journal => Math.Max(journal.Last, after.SeqOf(journal.JournalId)));
        if (tail == 0) return new JournalsCursor(ends);
        // Use an index of the search, which orders the events by time. It returns at least as many events as wanted, and all later events
        // of each journal.
        var isCompared = !new AuditMatcher(filter).IsEmpty;
        var found = tail is { } wanted && (isCompared || !AuditFilters.HasOrder(filter))
            ? await search.NewestAsync(wanted, cancellationToken).ConfigureAwait(false)
            : await connection.FirstOfEachAsync(
                tail is null
                    ? AuditStreamSearch.All(filter, connection.Dialect)
                    : AuditStreamSearch.Newest(filter, connection.Dialect, tail.Value),
                cancellationToken).ConfigureAwait(false);
        var first = found
            .Select(journal => KeyValuePair.Create(journal.JournalId, Math.Max(journal.Seq - 1, after.SeqOf(journal.JournalId)))).ToArray();
        if (tail is { } count)
        {
            // Of these, take the last ones in the order of the stream. With over 100 journals, take as many of each hundred.
            var last = new List<JournalSeq>();
            foreach (var part in first.Chunk(JournalsAtOnce))
            {
                last.AddRange(isCompared
                    ? await search.LastAsync(part, count, cancellationToken).ConfigureAwait(false)
                    : await connection.FirstOfEachAsync(
                        AuditStreamSearch.Rows(filter, connection.Dialect, part, last: true, count),
                        cancellationToken).ConfigureAwait(false));
            }

            first = [.. last.Select(journal => KeyValuePair.Create(journal.JournalId, journal.Seq - 1))];
        }

        foreach (var (journal, seq) in first) ends[journal] = seq;
        return new JournalsCursor(ends);
    }
}
