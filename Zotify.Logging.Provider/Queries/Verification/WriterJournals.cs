using System.Data.Common;
using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>
/// The journals of a writer, in the order in which they were added to the database. Ids and times cannot decide: the files have them, too.
/// </summary>
/// <param name="Present">The journal with the id that the files have; <see langword="null"/> where the database does not have it.</param>
/// <param name="Earlier">The earlier journals of the same writer and name, or all of them without a present one; the newest first.</param>
internal sealed record WriterJournals(CheckpointRow? Present, IReadOnlyList<CheckpointRow> Earlier)
{
    private const string Columns = "j.id, j.journal, j.seq, j.hash";

    /// <summary>Reads the journals of a writer.</summary>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public static Task<WriterJournals> FindAsync(LoggingDatabase database, JournalIdentity identity, CancellationToken cancellationToken) =>
        database.ReadExistingAsync((connection, cancellation) => FindAsync(connection, identity, cancellation), cancellationToken);

    private static async Task<WriterJournals> FindAsync(
        LoggingConnection connection, JournalIdentity identity, CancellationToken cancellationToken)
    {
        var known = await connection.ReadAsync(
            $"SELECT j.id, j.journal, j.seq, j.hash, j.instance FROM journals AS j WHERE j.journal = {identity.Id ?? Guid.Empty}",
            row => (Journal: Of(row), Instance: row.GetString(4)), cancellationToken).ConfigureAwait(false);
        var present = known.Count > 0 ? known[0].Journal : null;
        var filter = new SqlFilter(connection.Dialect);
        var instance = present is null ? ColumnText.Fit(identity.Instance, ColumnLengths.Instance) : known[0].Instance;
        filter.Require($"j.instance = {filter.Value(instance)}");
        filter.Require($"j.name = {filter.Value(ColumnText.Fit(identity.Name, ColumnLengths.Name))}");
        filter.Require($"j.id < {filter.Value(present?.Id ?? long.MaxValue)}");
        var earlier = SqlQuery.Raw($"SELECT {Columns} FROM journals AS j\n{filter.Where}\nORDER BY j.id DESC", filter.Parameters);
        return new WriterJournals(present, await connection.ReadAsync(earlier, Of, cancellationToken).ConfigureAwait(false));
    }

    private static CheckpointRow Of(DbDataReader row) => new(row.GetInt64(0), $"{row.GetValue(1)}", row.GetInt64(2), row.GetString(3));
}
