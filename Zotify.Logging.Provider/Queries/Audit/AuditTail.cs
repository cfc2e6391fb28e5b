using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Finds where the last events that match begin, for a query that is compared here. Where they are rare, it stops before it has read all of
/// the log.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="filter">The query; its order, limit and cursor are ignored.</param>
/// <param name="budget">How much may be read.</param>
internal sealed class AuditTail(LoggingConnection connection, AuditQuery filter, ScanBudget budget)
{
    private const int RowsAtOnce = 1_000;

    private readonly AuditMatcher _matcher = new(filter);

    /// <summary>Where the search stopped before it had found all; <see langword="null"/> where it found them.</summary>
    public AuditPageCursor? StoppedAt { get; private set; }

    /// <summary>
    /// The lowest number of each journal among the newest events by time, as many as are wanted. All later events of each journal that
    /// match come after it, too.
    /// </summary>
    public async Task<IReadOnlyList<JournalSeq>> NewestAsync(int count, CancellationToken cancellationToken)
    {
        var newest = filter with { Descending = true };
        if (await AuditReader.OpenAsync(connection, newest, after: null, budget, cancellationToken).ConfigureAwait(false) is not { } scan)
            return [];
        var first = new Dictionary<long, long>();
        var left = count;
        await scan.RunAsync(
            row =>
            {
                first[row.JournalId] = Math.Min(first.GetValueOrDefault(row.JournalId, long.MaxValue), row.Seq);
                return --left > 0;
            },
            cancellationToken).ConfigureAwait(false);
        if (!scan.IsAtEnd && left > 0) StoppedAt = scan.Cursor;
        return [.. first.Select(journal => new JournalSeq(journal.Key, journal.Value))];
    }

    /// <summary>The lowest number of each journal among the last events after a cursor in the order of the stream.</summary>
    /// <param name="after">The journals to read, each with the number to read after; at least one, at most 100.</param>
    /// <param name="count">As many events as are wanted.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<JournalSeq>> LastAsync(
        IReadOnlyList<KeyValuePair<long, long>> after, int count, CancellationToken cancellationToken)
    {
        var cursor = after.ToDictionary();
        var last = new Queue<JournalSeq>();
        for (var read = RowsAtOnce; read == RowsAtOnce;)
        {
            read = 0;
            var rows = AuditStreamSearch.Rows(filter, connection.Dialect, [.. cursor], last: false, RowsAtOnce);
            await connection.ScanAsync(
                rows,
                columns =>
                {
                    var (_, journal, seq, row) = AuditPolledRow.Of(columns, connection.Dialect, _matcher);
                    cursor[journal] = seq;
                    read++;
                    if (row is not null) last.Enqueue(new JournalSeq(journal, seq));
                    if (last.Count > count) last.Dequeue();
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }

        return [.. last.GroupBy(seq => seq.JournalId).Select(journal => journal.MinBy(seq => seq.Seq)!)];
    }
}
