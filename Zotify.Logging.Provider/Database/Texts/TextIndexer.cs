namespace Zotify.Logging.Database;

/// <summary>
/// Writes the index of the texts of audit events, in the connection's transaction. Each journal is indexed by its own projector; whoever
/// indexes older rows claims their run first. Used by one thread at a time.
/// </summary>
/// <param name="connection">The connection, in a transaction.</param>
/// <param name="size">The sizes of runs.</param>
internal sealed class TextIndexer(LoggingConnection connection, TextRunSize size)
{
    private readonly TextRunTable _runs = new(connection);

    /// <summary>
    /// Indexes the small runs that rows complete, and merges the large runs that they complete.
    /// </summary>
    /// <param name="added">The numbers of a journal that this transaction has added, the last ones that are in the table.</param>
    /// <param name="rows">The rows that it has added, in order. The others of a run are read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task CompleteAsync(TextRange added, IReadOnlyList<AuditEventRow> rows, CancellationToken cancellationToken)
    {
        for (var first = size.FirstOfSmall(added.FirstSeq); first + size.Small - 1 <= added.LastSeq; first += size.Small)
        {
            var run = new TextRange(added.JournalId, first, first + size.Small - 1);
            var own = rows.Where(row => row.Seq >= run.FirstSeq && row.Seq <= run.LastSeq);
            var before = first < added.FirstSeq
                ? await ReadRowsAsync(run with { LastSeq = added.FirstSeq - 1 }, cancellationToken).ConfigureAwait(false)
                : new FoundRows([], HasUnreadable: false);
            await WriteAsync(run, before with { Rows = [.. before.Rows, .. own] }, cancellationToken).ConfigureAwait(false);
            // The journal has no later rows, so that only the last small run can complete a large one.
            if (run.LastSeq == LargeOf(run).LastSeq) await MergeAsync(LargeOf(run), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Indexes the rows of a small run, and replaces what the index has of them. Merges the large run that it completes.
    /// </summary>
    /// <param name="range">The run: it ends at the last number of a small run, or at the journal's last row.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task IndexAsync(TextRange range, CancellationToken cancellationToken)
    {
        var found = await ReadRowsAsync(range, cancellationToken).ConfigureAwait(false);
        await WriteAsync(range, found, cancellationToken).ConfigureAwait(false);
        if (range.LastSeq - range.FirstSeq + 1 == size.Small) await MergeAsync(LargeOf(range), cancellationToken).ConfigureAwait(false);
    }

    private TextRange LargeOf(TextRange small)
    {
        var first = size.FirstOfLarge(small.FirstSeq);
        return small with { FirstSeq = first, LastSeq = first + size.Large - 1 };
    }

    private async Task WriteAsync(TextRange range, FoundRows found, CancellationToken cancellationToken)
    {
        var (journalId, firstSeq, lastSeq) = range;
        // Rows of a database from before the index, whose journal went on.
        await _runs.EndPendingAsync(journalId, firstSeq, cancellationToken).ConfigureAwait(false);
        // A run of rows that nobody can read has no codes. Without it they would be found again and again.
        if (found.Rows.Count == 0 && !found.HasUnreadable)
        {
            await _runs.DeleteAsync(range with { LastSeq = firstSeq }, cancellationToken).ConfigureAwait(false);
            return;
        }

        var builder = new TextRunBuilder(size, firstSeq, lastSeq);
        foreach (var row in found.Rows) builder.Add(row);
        var (pages, firsts) = builder.Build();
        var run = NewRun(range, builder.Times, firsts);
        await _runs.WriteAsync(run, pages, builder.Times, cancellationToken).ConfigureAwait(false);
    }

    private async Task MergeAsync(TextRange large, CancellationToken cancellationToken)
    {
        var runs = await _runs.ReadAsync(large, cancellationToken).ConfigureAwait(false);
        if (runs.Count < 2) return;
        // A journal may begin within a large run, and retention may have deleted its first rows. So the large run begins with the first of
        // the small runs: it has no other rows than they have.
        var isWhole = runs[^1].LastSeq == large.LastSeq && runs.TrueForAll(run => run.Pages is not null && run.BlockRows == size.BlockRows)
            && runs.Skip(1).Zip(runs, (run, before) => run.FirstSeq == before.LastSeq + 1).All(follows => follows);
        if (!isWhole) return;
        var range = large with { FirstSeq = runs[0].FirstSeq };
        var times = new TextBlockTimes((int)((range.LastSeq - range.FirstSeq) / size.BlockRows) + 1);
        var pages = new List<(TextRun, IReadOnlyList<TextPage>)>(runs.Count);
        foreach (var run in runs)
        {
            var own = await _runs.ReadPagesAsync(run, cancellationToken).ConfigureAwait(false);
            var ownTimes = await _runs.ReadTimesAsync(run, cancellationToken).ConfigureAwait(false);
            var isSame = own.Count == run.PageCount && own.Index().All(page => page.Item.Is(run.LastSeq, run.FirstGramOf(page.Index)));
            // Another process has merged them meanwhile.
            if (ownTimes is null || !isSame) return;
            pages.Add((run, own));
            times.Add((int)((run.FirstSeq - range.FirstSeq) / size.BlockRows), ownTimes);
        }

        var (merged, firsts) = TextRunMerger.Merge(pages, range.FirstSeq, range.LastSeq);
        await _runs.DeleteAsync(range, cancellationToken).ConfigureAwait(false);
        await _runs.WriteAsync(NewRun(range, times, firsts), merged, times, cancellationToken).ConfigureAwait(false);
    }

    private TextRun NewRun(TextRange range, TextBlockTimes times, byte[] firsts)
    {
        var (earliest, latest) = times.All ?? (DateTime.UnixEpoch.Ticks, DateTime.UnixEpoch.Ticks);
        return new TextRun(
            range.JournalId, range.FirstSeq, range.LastSeq, size.BlockRows,
            new DateTime(earliest, DateTimeKind.Utc), new DateTime(latest, DateTimeKind.Utc), firsts);
    }

    private async Task<FoundRows> ReadRowsAsync(TextRange range, CancellationToken cancellationToken)
    {
        var filter = new SqlFilter(connection.Dialect);
        filter.Require($"e.journal_id = {filter.Value(range.JournalId)}");
        filter.Require($"e.seq >= {filter.Value(range.FirstSeq)}");
        filter.Require($"e.seq <= {filter.Value(range.LastSeq)}");
        var query = SqlQuery.Raw($"SELECT {AuditRowReader.Columns}\nFROM audit_events AS e\n{filter.Where}", filter.Parameters);
        var rows = new List<AuditEventRow>();
        var hasUnreadable = false;
        await connection.ScanAsync(
            query,
            columns =>
            {
                try
                {
                    rows.Add(AuditRowReader.Of(columns, connection.Dialect));
                }
                catch (Exception exception) when (exception is FormatException or InvalidCastException)
                {
                    // Somebody wrote a value that no row has. It must not stop the projection, and nobody can read it.
                    hasUnreadable = true;
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return new FoundRows(rows, hasUnreadable);
    }

    /// <summary>The rows of a run.</summary>
    private sealed record FoundRows(List<AuditEventRow> Rows, bool HasUnreadable);
}
