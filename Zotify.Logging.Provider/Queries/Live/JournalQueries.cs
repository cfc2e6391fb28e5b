using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>What streams ask of journals.</summary>
internal static class JournalQueries
{
    /// <summary>Whether the journals are that far: if not, the positions are another database's.</summary>
    public static async Task<bool> HasReachedAsync(this LoggingConnection connection, JournalPositions positions, CancellationToken cancellationToken)
    {
        var cursors = await JournalRowReader.ReadSeqsAsync(connection, cancellationToken).ConfigureAwait(false);
        return positions.Seqs.All(position => cursors.TryGetValue(position.Key, out var seq) && seq >= position.Value);
    }

    /// <summary>The lowest number of each journal among the rows of a query.</summary>
    public static async Task<IReadOnlyList<JournalSeq>> FirstOfEachAsync(this LoggingConnection connection, SqlQuery rows, CancellationToken cancellationToken)
    {
        var firsts = SqlQuery.Raw($"SELECT f.journal_id, MIN(f.seq) FROM (\n{rows.Text}) AS f\nGROUP BY f.journal_id", rows.Parameters);
        return await connection.ReadAsync(firsts, row => new JournalSeq(row.GetInt64(0), row.GetInt64(1)), cancellationToken).ConfigureAwait(false);
    }
}
