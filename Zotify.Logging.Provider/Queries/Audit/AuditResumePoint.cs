using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>Where a stream of audit events begins.</summary>
/// <param name="Place">The place.</param>
/// <param name="Gap">What is missing between the place that was asked for and this one; <see langword="null"/> where nothing is known to be.</param>
internal sealed record AuditResumePoint(JournalsCursor Place, AuditLogGap? Gap)
{
    private const int DefaultTail = 100;
    private const int JournalsAtOnce = 100;

    /// <summary>Finds it.</summary>
    public static async Task<AuditResumePoint> FindAsync(
        LoggingConnection connection, AuditStreamQuery query, JournalsCursor? after, CancellationToken cancellationToken)
    {
        // First of all: what is committed from now on is after every place that is found.
        var journals = await AuditRange.FindAsync(connection, JournalsCursor.Start, cancellationToken).ConfigureAwait(false);
        var isKnown = after is null || await connection.HasReachedAsync(after, cancellationToken).ConfigureAwait(false);
        var place = after is not null && isKnown ? after : AuditRange.StartOf(journals);
        var gap = isKnown ? null : new AuditLogGap(AuditStreamCursor.Encode(after!), AuditStreamCursor.Encode(place));
        var isOpen = after is null && query.Filter.From is null && query.Filter.To is null;
        var tail = query.Tail ?? (isOpen ? DefaultTail : null);
        if (tail is null && (after is not null || query.Filter.From is null)) return new AuditResumePoint(place, gap);
        return new AuditResumePoint(await FirstAsync(connection, query.Filter, tail, journals, place, cancellationToken).ConfigureAwait(false), gap);
    }

    /// <summary>The place before the first event that matches, or before the last ones.</summary>
    private static async Task<JournalsCursor> FirstAsync(
        LoggingConnection connection, AuditQuery filter, int? tail, List<AuditRange> journals, JournalsCursor after, CancellationToken cancellationToken)
    {
        var ends = journals.ToDictionary(journal => journal.JournalId, journal => Math.Max(journal.Last, after.SeqOf(journal.JournalId)));
        if (tail == 0) return new JournalsCursor(ends);
        // By an index of the search, which has them by time: most of them, and of each journal all that came after those.
        var found = await connection.FirstOfEachAsync(
            tail is null ? AuditStreamSearch.All(filter, connection.Dialect) : AuditStreamSearch.Newest(filter, connection.Dialect, tail.Value), cancellationToken).ConfigureAwait(false);
        var first = found.Select(journal => KeyValuePair.Create(journal.JournalId, Math.Max(journal.Seq - 1, after.SeqOf(journal.JournalId)))).ToArray();
        if (tail is { } count)
        {
            // And among these the last ones in the order of the stream, just as many. Of over a hundred journals, as many of each hundred.
            var last = new List<JournalSeq>();
            foreach (var part in first.Chunk(JournalsAtOnce))
                last.AddRange(await connection.FirstOfEachAsync(AuditStreamSearch.Rows(filter, connection.Dialect, part, last: true, count), cancellationToken).ConfigureAwait(false));
            first = [.. last.Select(journal => KeyValuePair.Create(journal.JournalId, journal.Seq - 1))];
        }

        foreach (var (journal, seq) in first) ends[journal] = seq;
        return new JournalsCursor(ends);
    }
}
