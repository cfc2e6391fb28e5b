using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>Queries of journals that streams need.</summary>
internal static class JournalQueries
{
    /// <summary>Whether the journals have lines up to a cursor. If not, the cursor comes from another database.</summary>
    public static async Task<bool> HasLinesUpToAsync(
        this LoggingConnection connection, JournalsCursor cursor, CancellationToken cancellationToken)
    {
        var checkpoints = await JournalRowReader.ReadSeqsAsync(connection, cancellationToken).ConfigureAwait(false);
        return cursor.Seqs.All(read => checkpoints.TryGetValue(read.Key, out var seq) && seq >= read.Value);
    }

    /// <summary>The lowest number of each journal among the rows of a query.</summary>
    public static async Task<IReadOnlyList<JournalSeq>> FirstOfEachAsync(
        this LoggingConnection connection, SqlQuery rows, CancellationToken cancellationToken)
    {
        var firsts = SqlQuery.Raw($"SELECT f.journal_id, MIN(f.seq) FROM (\n{rows.Text}) AS f\nGROUP BY f.journal_id", rows.Parameters);
        return await connection.ReadAsync(
            firsts, row => new JournalSeq(row.GetInt64(0), row.GetInt64(1)), cancellationToken).ConfigureAwait(false);
    }
}
