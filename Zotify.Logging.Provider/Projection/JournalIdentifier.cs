using System.Data.Common;
using Zotify.Logging.Database;
using Zotify.Logging.Journal;
using Zotify.Logging.Records;

namespace Zotify.Logging.Projection;

/// <summary>
/// Finds the row of <c>journals</c> that a journal continues, or creates one. Whatever was lost, copied, cut or restored in the files or in
/// the database, each line gets into the database once. Used only by the projector's loop.
/// </summary>
/// <remarks>
/// A journal continues a row only where the row's checkpoint is a line of the files. Otherwise the lines are compared with the database,
/// and the journal continues after the last line that the database has: under the id of the journal that ends there, or under a new id. A
/// new id is written to its file before its row is inserted: if the process ends in between, the same comparison handles an id without a
/// row.
/// </remarks>
/// <param name="journal">The journal. The lines that it already has are those of earlier runs.</param>
/// <param name="projection">Compares lines with rows.</param>
/// <param name="rejected">The lines that were set aside.</param>
/// <param name="instance">The name of this process.</param>
/// <param name="report">Reports that the journal got another id, and why.</param>
internal sealed class JournalIdentifier(
    IJournal journal, IProjection projection, RejectedJournal rejected, string instance, Action<string, Exception?> report)
{
    private readonly string _name = ColumnText.Fit(journal.FileName, ColumnLengths.Name);
    private bool _wasFound;

    /// <summary>The number of the last line that an earlier run wrote.</summary>
    public long LastOfEarlierRuns { get; } = journal.DurableSeq;

    /// <summary>Finds the row, or creates it.</summary>
    /// <returns>The row, whose checkpoint is a line of the files; and whether the database had no line of them before.</returns>
    public async Task<(JournalRow Row, bool IsNew)> IdentifyAsync(
        LoggingDatabase database, LoggingConnection connection, CancellationToken cancellationToken)
    {
        var isNew = false;
        while (true)
        {
            var own = await JournalRowReader.FindAsync(connection, journal.Id, cancellationToken).ConfigureAwait(false);
            if (own is { Seq: > 0 } && journal.Holds(own.ToCheckpoint())) return Found(own, isNew);
            var namesakes = await NamesakesAsync(connection, cancellationToken).ConfigureAwait(false);
            // The first start in a new directory: no database can have any of its lines.
            var isFresh = own is null or { Seq: 0 } && LastOfEarlierRuns == 0 && !_wasFound;
            var match = isFresh ? JournalMatch.Unknown : await MatchAsync(connection, own, namesakes, cancellationToken)
                .ConfigureAwait(false);
            if (match.EndsThere is { } known && known.Id != own?.Id)
            {
                journal.Adopt(known.Journal);
                ReportAdopted(own, known);
                continue;
            }

            // No line was projected under this id, but the lines may be in the database under another id.
            if (own is { Seq: 0 } && match.Through.Seq == 0) return Found(own, isNew);
            if (own is not null) journal.Renew();
            var compared = isFresh ? null : namesakes;
            if (await TryAddAsync(database, connection, own, compared, match.Through, cancellationToken).ConfigureAwait(false))
            {
                isNew = own is null && match.Through.Seq == 0;
                if (!isNew) ReportNew(own, match.Through.Seq);
            }
        }
    }

    /// <summary>
    /// Whether the database has the lines of a journal without projected lines under another id. That is so for a copy of a directory which
    /// got its own id because the first was lost. Called in the transaction of the first lines, before anything else: of two copies that
    /// start at once, the second waits for the first, and then finds its rows.
    /// </summary>
    public async Task<bool> IsProjectedUnderAnotherIdAsync(
        LoggingDatabase database, LoggingConnection connection, Guid id, CancellationToken cancellationToken)
    {
        if (LastOfEarlierRuns == 0) return false;
        await database.EnterComparisonAsync(connection, _name, cancellationToken).ConfigureAwait(false);
        var others = (await NamesakesAsync(connection, cancellationToken).ConfigureAwait(false)).FindAll(row => row.Journal != id);
        return (await MatchAsync(connection, own: null, others, cancellationToken).ConfigureAwait(false)).Through.Seq > 0;
    }

    private (JournalRow, bool) Found(JournalRow row, bool isNew)
    {
        _wasFound = true;
        return (row, isNew);
    }

    private Task<List<JournalRow>> NamesakesAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        // Of any instance: its name may have changed.
        var filter = new SqlFilter(connection.Dialect);
        filter.Require($"j.name = {filter.Value(_name)}");
        return JournalRowReader.ReadAsync(connection, filter, cancellationToken);
    }

    private Task<JournalMatch> MatchAsync(
        LoggingConnection connection, JournalRow? own, List<JournalRow> namesakes, CancellationToken cancellationToken)
    {
        // The own row is found by its id, whatever the file is called now.
        List<JournalRow> rows = [.. namesakes.Where(row => row.Id != own?.Id)];
        if (own is not null) rows.Add(own);
        return new JournalResolver(connection, projection, rejected, journal).FindAsync(rows, own, cancellationToken);
    }

    /// <summary>Adds the journal. Returns false where another one of the name was added meanwhile, which may be a copy of these
    /// files.</summary>
    /// <param name="database">The database.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="former">The row of its former id, if it had one.</param>
    /// <param name="compared">The journals that the files were compared with; <see langword="null"/> where no other can have their
    /// lines.</param>
    /// <param name="first">The checkpoint that the journal starts from.</param>
    /// <param name="cancellationToken">Rolls it back.</param>
    private async Task<bool> TryAddAsync(
        LoggingDatabase database,
        LoggingConnection connection,
        JournalRow? former,
        List<JournalRow>? compared,
        JournalCheckpoint first,
        CancellationToken cancellationToken)
    {
        using (await database.EnterWriteAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                return await connection.CommitAsync(
                    async () =>
                    {
                        if (await WereOthersAddedAsync(database, connection, compared, cancellationToken).ConfigureAwait(false))
                            return false;
                        await InsertAsync(connection, first, cancellationToken).ConfigureAwait(false);
                        if (former is not null) await SettleAsync(connection, former, first.Seq, cancellationToken).ConfigureAwait(false);
                        return true;
                    },
                    cancellationToken).ConfigureAwait(false);
            }
            catch (DbException exception) when (database.IsDuplicate(exception))
            {
                // Another process that projects the same journal added it a moment before.
                if (await JournalRowReader.FindAsync(connection, journal.Id, cancellationToken).ConfigureAwait(false) is null) throw;
                return false;
            }
        }
    }

    /// <summary>
    /// Corrects rows that earlier runs left open under the former id, up to the last line that the files have. Later lines may come from
    /// another process that writes a copy of the directory. After this transaction, nothing uses the former id any more.
    /// </summary>
    private Task SettleAsync(LoggingConnection connection, JournalRow former, long through, CancellationToken cancellationToken) =>
        projection.SettleEarlierRunsAsync(connection, former.Id, Math.Min(through, LastOfEarlierRuns), cancellationToken);

    private async Task<bool> WereOthersAddedAsync(
        LoggingDatabase database, LoggingConnection connection, List<JournalRow>? compared, CancellationToken cancellationToken)
    {
        if (compared is null) return false;
        await database.EnterComparisonAsync(connection, _name, cancellationToken).ConfigureAwait(false);
        var now = await NamesakesAsync(connection, cancellationToken).ConfigureAwait(false);
        return now.Count > 0 && (compared.Count == 0 || now[^1].Id > compared[^1].Id);
    }

    private Task<int> InsertAsync(LoggingConnection connection, JournalCheckpoint first, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
        $"""
        INSERT INTO journals (journal, instance, name, seq, hash, segment, "offset")
        VALUES ({journal.Id}, {ColumnText.Fit(instance, ColumnLengths.Instance)}, {_name},
          {first.Seq}, {first.LineHash}, {first.Segment}, {first.Offset})
        """,
        cancellationToken);

    private void ReportAdopted(JournalRow? own, JournalRow known) => report(
        $"{Describe(own, known.Seq)} They belong to the journal {known.Journal}; it goes on under that id.", null);

    private void ReportNew(JournalRow? own, long through) =>
        report($"{Describe(own, through)} Later lines are projected as a new journal, {journal.Id}.", null);

    private string Describe(JournalRow? own, long through) => own is { Seq: > 0 }
        ? $"The journal {journal.FileName} is truncated, or a copy of its directory is written as well: it does not hold line {own.Seq} as "
            + $"the database has it. The database has its lines up to {through}."
        : $"The database has no journal {journal.FileName} with this id, but has its lines up to {through}.";
}
