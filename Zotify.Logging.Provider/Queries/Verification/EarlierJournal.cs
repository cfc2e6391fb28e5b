using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>A journal of the same writer and name that had ended in the database before the present one began there.</summary>
/// <param name="Journal">The journal.</param>
/// <param name="LastTime">The time of its last event.</param>
internal sealed record EarlierJournal(ProjectedJournal Journal, DateTime LastTime)
{
    /// <summary>The present journal, where the database knows it, and the earlier ones that it has events of.</summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public static Task<(JournalRow? Present, IReadOnlyList<EarlierJournal> Earlier)> FindAsync(
        LoggingDatabase database, JournalIdentity identity, CancellationToken cancellationToken) =>
        database.ReadAsync((connection, cancellation) => FindAsync(connection, database, identity, cancellation), cancellationToken);

    private static async Task<(JournalRow?, IReadOnlyList<EarlierJournal>)> FindAsync(
        LoggingConnection connection, LoggingDatabase database, JournalIdentity identity, CancellationToken cancellationToken)
    {
        var id = identity.Id ?? Guid.Empty;
        var present = await JournalRowReader.FindAsync(connection, id, cancellationToken).ConfigureAwait(false);
        // By the rows' own numbers, which nobody chooses: ids and times are in the files, too.
        var began = present is null ? null : await EdgeAsync(connection, present, "e.seq", cancellationToken).ConfigureAwait(false);
        var others = new SqlFilter(connection.Dialect);
        others.Require($"j.instance = {others.Value(present?.Instance ?? ColumnText.Fit(identity.Instance, ColumnLengths.Instance))}");
        others.Require($"j.name = {others.Value(ColumnText.Fit(identity.Name, ColumnLengths.Name))}");
        others.Require($"j.journal <> {others.Value(id)}");
        var earlier = new List<EarlierJournal>();
        foreach (var other in await JournalRowReader.ReadAsync(connection, others, cancellationToken).ConfigureAwait(false))
        {
            if (await EdgeAsync(connection, other, "e.seq DESC", cancellationToken).ConfigureAwait(false) is { } last && (began is null || last.RowId < began.Value.RowId))
                earlier.Add(new EarlierJournal(new ProjectedJournal(database, other), last.Timestamp));
        }

        return (present, earlier);
    }

    /// <summary>The first event of a journal in an order; <see langword="null"/> where it has none.</summary>
    private static async Task<(long RowId, DateTime Timestamp)?> EdgeAsync(
        LoggingConnection connection, JournalRow journal, string order, CancellationToken cancellationToken)
    {
        var filter = new SqlFilter(connection.Dialect);
        var first = connection.Dialect.Take($"e.row_id, e.timestamp FROM audit_events AS e WHERE e.journal_id = {filter.Value(journal.Id)}", order, "1");
        var found = await connection.ReadAsync(
            new SqlQuery(first, filter.Parameters), row => (row.GetInt64(0), connection.Dialect.ReadTime(row, 1)), cancellationToken).ConfigureAwait(false);
        return found.Count > 0 ? found[0] : null;
    }
}
