using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Provider.Database;
using Zotify.Logging.Provider.Database.Sql;

namespace Zotify.Logging.Provider.Queries.Live;

/// <summary>What streams ask of journals.</summary>
internal static class JournalQueries
{
    /// <summary>Whether the journals are that far: if not, the positions are another database's.</summary>
    public static async Task<bool> HasReachedAsync(this LoggingDbContext context, JournalPositions positions, CancellationToken cancellationToken)
    {
        var cursors = await context.Journals.AsNoTracking().Select(row => new { row.Id, row.Seq })
            .ToDictionaryAsync(row => row.Id, row => row.Seq, cancellationToken).ConfigureAwait(false);
        return positions.Seqs.All(position => cursors.TryGetValue(position.Key, out var seq) && seq >= position.Value);
    }

    /// <summary>The lowest number of each journal among the rows of a query.</summary>
    public static async Task<IReadOnlyList<JournalSeq>> FirstOfEachAsync(this LoggingDbContext context, SqlQuery rows, CancellationToken cancellationToken)
    {
        var firsts = $"SELECT f.journal_id AS JournalId, MIN(f.seq) AS Seq FROM (\n{rows.Text}) AS f\nGROUP BY f.journal_id";
        return await context.Database.SqlQueryRaw<JournalSeq>(firsts, rows.Parameters).ToListAsync(cancellationToken).ConfigureAwait(false);
    }
}
