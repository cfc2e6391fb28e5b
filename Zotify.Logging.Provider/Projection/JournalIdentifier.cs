using System.Data.Common;
using Zotify.Logging.Database;
using Zotify.Logging.Journal;
using Zotify.Logging.Records;

namespace Zotify.Logging.Projection;

/// <summary>
/// Finds the row of <c>journals</c> that a journal goes on from, and makes one where there is none: whatever was lost, copied, cut or
/// restored, on either side, each line comes into the database once. Used by the projector's loop alone.
/// </summary>
/// <remarks>
/// A row is gone on from only where its checkpoint is a line of the files. Otherwise the lines are compared with what the database has,
/// and the journal goes on after the last one that it has: as the journal that ends there, or as a new one. A new id is in its file before
/// its row
/// is in the
/// database: an id without a row is found out by the same comparison.
/// </remarks>
/// <param name="journal">The journal; the lines that it has by now are those of earlier runs.</param>
/// <param name="projection">Compares lines with rows.</param>
/// <param name="rejected">The lines that were set aside.</param>
/// <param name="instance">The name of this process.</param>
/// <param name="report">Takes what somebody should know: that the journal has another id now, and why.</param>
internal sealed class JournalIdentifier(
    IJournal journal, IProjection projection, RejectedJournal rejected, string instance, Action<string, Exception?> report)
{
    private readonly string _name = ColumnText.Fit(journal.FileName, ColumnLengths.Name);
    private bool _wasFound;

    /// <summary>The number of the last line that an earlier run wrote.</summary>
    public long LastOfEarlierRuns { get; } = journal.DurableSeq;

    /// <summary>Finds the row, or makes it.</summary>
    /// <returns>The row, whose checkpoint is a line of the files, and whether the database had nothing of them.</returns>
    public async Task<(JournalRow Row, bool IsNew)> IdentifyAsync(
        LoggingDatabase database, LoggingConnection connection, CancellationToken cancellationToken)
    {
        var isNew = false;
        while (true)
        {
            var own = await JournalRowReader.FindAsync(connection, journal.Id, cancellationToken).ConfigureAwait(false);
            if (own is { Seq: > 0 } && journal.Holds(own.ToCheckpoint())) return Found(own, isNew);
            var namesakes = await NamesakesAsync(connection, cancellationToken).ConfigureAwait(false);
            // The first start in a new directory: none of its lines can be in a database.
            var isFresh = own is null or { Seq: 0 } && LastOfEarlierRuns == 0 && !_wasFound;
            var standing = isFresh ? JournalStanding.Unknown : await StandingAsync(connection, own, namesakes, cancellationToken)
                .ConfigureAwait(false);
            if (standing.EndsThere is { } known && known.Id != own?.Id)
            {
                journal.Adopt(known.Journal);
                ReportAdopted(own, known);
                continue;
            }

            // A journal that nothing was projected of: its lines may be there under another id.
            if (own is { Seq: 0 } && standing.Through.Seq == 0) return Found(own, isNew);
            if (own is not null) journal.Renew();
            var compared = isFresh ? null : namesakes;
            if (await TryAddAsync(database, connection, own, compared, standing.Through, cancellationToken).ConfigureAwait(false))
            {
                isNew = own is null && standing.Through.Seq == 0;
                if (!isNew) ReportNew(own, standing.Through.Seq);
            }
        }
    }

    /// <summary>
    /// Whether the database has lines of a journal that nothing was projected of, under another id: those of a copy of the directory,
    /// which has its own
    /// because the first was lost. Asked in the transaction of the first lines, so that of two copies one sees the other.
    /// </summary>
    public async Task<bool> IsThereByAnotherIdAsync(LoggingConnection connection, Guid id, CancellationToken cancellationToken)
    {
        if (LastOfEarlierRuns == 0) return false;
        await EnterAsync(connection, cancellationToken).ConfigureAwait(false);
        var others = (await NamesakesAsync(connection, cancellationToken).ConfigureAwait(false)).FindAll(row => row.Journal != id);
        return (await StandingAsync(connection, own: null, others, cancellationToken).ConfigureAwait(false)).Through.Seq > 0;
    }

    private (JournalRow, bool) Found(JournalRow row, bool isNew)
    {
        _wasFound = true;
        return (row, isNew);
    }

    /// <summary>
    /// Makes the connection's transaction the only one that looks at journals of the name, by a change that changes nothing: of two copies
    /// that are here at
    /// once, the second waits for the first, and sees what that did.
    /// </summary>
    private Task<int> EnterAsync(LoggingConnection connection, CancellationToken cancellationToken) =>
        connection.ExecuteAsync($"UPDATE journals SET seq = seq WHERE name = {_name}", cancellationToken);

    private Task<List<JournalRow>> NamesakesAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        // Whatever the instance: its name may have changed since.
        var filter = new SqlFilter(connection.Dialect);
        filter.Require($"j.name = {filter.Value(_name)}");
        return JournalRowReader.ReadAsync(connection, filter, cancellationToken);
    }

    private Task<JournalStanding> StandingAsync(
        LoggingConnection connection, JournalRow? own, List<JournalRow> namesakes, CancellationToken cancellationToken)
    {
        // By its id the journal is known whatever its file is called now.
        List<JournalRow> rows = [.. namesakes.Where(row => row.Id != own?.Id)];
        if (own is not null) rows.Add(own);
        return new JournalResolver(connection, projection, rejected, journal).FindAsync(rows, own, cancellationToken);
    }

    /// <summary>Adds the journal; false where another one came meanwhile, which may be a copy of these files.</summary>
    /// <param name="database">The database.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="former">The row of its former id, if it had one.</param>
    /// <param name="compared">The journals that the files were compared with; <see langword="null"/> where no other can have their
    /// lines.</param>
    /// <param name="first">Where the journal begins.</param>
    /// <param name="cancellationToken">Undoes it.</param>
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
                        if (await HaveOthersComeAsync(connection, compared, cancellationToken).ConfigureAwait(false)) return false;
                        await InsertAsync(connection, first, cancellationToken).ConfigureAwait(false);
                        if (former is not null) await SettleAsync(connection, former, first.Seq, cancellationToken).ConfigureAwait(false);
                        return true;
                    },
                    cancellationToken).ConfigureAwait(false);
            }
            catch (DbException)
            {
                // Somebody else who projects the same journal may have added it a moment before.
                if (await JournalRowReader.FindAsync(connection, journal.Id, cancellationToken).ConfigureAwait(false) is null) throw;
                return false;
            }
        }
    }

    /// <summary>
    /// Settles what earlier runs left open under the former id, as far as its lines are those of the files: what comes after may be what
    /// another process writes, which has a copy of the directory. Nothing refers to that id after this transaction.
    /// </summary>
    private Task SettleAsync(LoggingConnection connection, JournalRow former, long through, CancellationToken cancellationToken) =>
        projection.SettleEarlierRunsAsync(connection, former.Id, Math.Min(through, LastOfEarlierRuns), cancellationToken);

    private async Task<bool> HaveOthersComeAsync(
        LoggingConnection connection, List<JournalRow>? compared, CancellationToken cancellationToken)
    {
        if (compared is null) return false;
        await EnterAsync(connection, cancellationToken).ConfigureAwait(false);
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
        $"{What(own, known.Seq)} They are of the journal {known.Journal}, and it goes on as that one.", null);

    private void ReportNew(JournalRow? own, long through) =>
        report($"{What(own, through)} What follows is projected as a new journal, {journal.Id}.", null);

    private string What(JournalRow? own, long through) => own is { Seq: > 0 }
        ? $"The journal {journal.FileName} is truncated, or a copy of its directory is written, too: it does not hold line {own.Seq} as "
            + $"the database has it. The database has its lines up to {through}."
        : $"The database does not know the journal {journal.FileName} by its id, but has its lines up to {through}.";
}
