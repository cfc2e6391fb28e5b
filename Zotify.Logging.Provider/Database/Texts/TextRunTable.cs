using System.Data.Common;

namespace Zotify.Logging.Database;

/// <summary>Reads and writes the tables <c>audit_text_runs</c> and <c>audit_text_pages</c>. Used by one thread at a time.</summary>
/// <param name="connection">The connection.</param>
internal sealed class TextRunTable(LoggingConnection connection)
{
    // In one statement, which the server plans once for each number of pages. A page has up to 4 KB.
    private const int PagesAtOnce = 64;

    private const string Columns = "r.journal_id, r.first_seq, r.last_seq, r.block_rows, r.earliest, r.latest, r.pages";

    /// <summary>All runs, by journal and number.</summary>
    public Task<List<TextRun>> ReadAllAsync(CancellationToken cancellationToken) =>
        ReadAsync(SqlQuery.Raw($"SELECT {Columns} FROM audit_text_runs AS r ORDER BY r.journal_id, r.first_seq"), cancellationToken);

    /// <summary>The runs of a journal that begin between two numbers, in order.</summary>
    public Task<List<TextRun>> ReadAsync(TextRange range, CancellationToken cancellationToken)
    {
        var filter = new SqlFilter(connection.Dialect);
        filter.Require($"r.journal_id = {filter.Value(range.JournalId)}");
        filter.Require($"r.first_seq >= {filter.Value(range.FirstSeq)}");
        filter.Require($"r.first_seq <= {filter.Value(range.LastSeq)}");
        var query = $"SELECT {Columns} FROM audit_text_runs AS r {filter.Where} ORDER BY r.first_seq";
        return ReadAsync(SqlQuery.Raw(query, filter.Parameters), cancellationToken);
    }

    /// <summary>The newest run that is not indexed yet; <see langword="null"/> where there is none.</summary>
    public async Task<TextRun?> FindPendingAsync(CancellationToken cancellationToken)
    {
        var filter = new SqlFilter(connection.Dialect);
        var newest = connection.Dialect.Take(
            $"{Columns} FROM audit_text_runs AS r WHERE r.pages IS NULL", "r.latest DESC", filter.Count(1));
        return (await ReadAsync(SqlQuery.Raw(newest, filter.Parameters), cancellationToken).ConfigureAwait(false)).FirstOrDefault();
    }

    /// <summary>The pages of an indexed run that have codes, in order.</summary>
    public Task<List<TextPage>> ReadPagesAsync(TextRun run, CancellationToken cancellationToken) => connection.ReadAsync(
        $"""
        SELECT p.data FROM audit_text_pages AS p
        WHERE p.journal_id = {run.JournalId} AND p.first_seq = {run.FirstSeq} AND p.page >= 0
        ORDER BY p.page
        """,
        row => new TextPage(Bytes(row, 0)), cancellationToken);

    /// <summary>The page of a run that has the times of its blocks; <see langword="null"/> where it is gone.</summary>
    public async Task<TextBlockTimes?> ReadTimesAsync(TextRun run, CancellationToken cancellationToken)
    {
        var key = new TextPageKey(run.JournalId, run.FirstSeq, TextPageKey.Times);
        var found = await ReadPagesAsync([key], cancellationToken).ConfigureAwait(false);
        return found.TryGetValue(key, out var data) ? TextBlockTimes.Read(data, run.LastSeq, run.Blocks) : null;
    }

    /// <summary>Reads pages of any runs. A page that is gone is left out.</summary>
    public async Task<Dictionary<TextPageKey, byte[]>> ReadPagesAsync(
        IReadOnlyCollection<TextPageKey> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0) return [];
        var filter = new SqlFilter(connection.Dialect);
        // Each key costs a seek.
        var query =
            $"""
            SELECT p.journal_id, p.first_seq, p.page, p.data
            FROM {TextPageKey.Rows(filter, connection.Dialect, keys)} AS k
            {connection.Dialect.LoopJoin} audit_text_pages AS p
              ON p.journal_id = k.journal_id AND p.first_seq = k.first_seq AND p.page = k.page
            """;
        var found = new Dictionary<TextPageKey, byte[]>();
        await connection.ScanAsync(
            SqlQuery.Raw(query, filter.Parameters),
            row =>
            {
                found[new TextPageKey(row.GetInt64(0), row.GetInt64(1), row.GetInt32(2))] = Bytes(row, 3);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return found;
    }

    /// <summary>
    /// Adds runs that are not indexed yet for all rows of a database that has no runs, as its migration does. The projector, or the command
    /// <c>database index</c>, indexes them.
    /// </summary>
    public static string AddPending =>
        """
        INSERT INTO audit_text_runs (journal_id, first_seq, last_seq, block_rows, earliest, latest)
        SELECT journal_id, seq - (seq - 1) % 4096, MAX(seq), 16, MIN(timestamp), MAX(timestamp)
        FROM audit_events
        GROUP BY journal_id, seq - (seq - 1) % 4096
        """;

    /// <summary>Replaces the run that begins at the same number, in the connection's transaction.</summary>
    /// <param name="run">The run with its first codes.</param>
    /// <param name="pages">The pages.</param>
    /// <param name="times">The times of the blocks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task WriteAsync(TextRun run, IReadOnlyList<byte[]> pages, TextBlockTimes times, CancellationToken cancellationToken)
    {
        await DeleteAsync(new TextRange(run.JournalId, run.FirstSeq, run.FirstSeq), cancellationToken).ConfigureAwait(false);
        await connection.ExecuteLaterAsync(
            $"""
            INSERT INTO audit_text_runs (journal_id, first_seq, last_seq, block_rows, earliest, latest, pages)
            VALUES ({run.JournalId}, {run.FirstSeq}, {run.LastSeq}, {run.BlockRows}, {run.Earliest}, {run.Latest}, {run.Pages})
            """,
            cancellationToken).ConfigureAwait(false);
        var all = pages.Select((data, page) => (page, data)).Prepend((TextPageKey.Times, times.Write(run.LastSeq)));
        foreach (var some in all.Chunk(PagesAtOnce)) await InsertPagesAsync(run, some, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes the runs that begin in a range, in the connection's transaction.</summary>
    public async Task DeleteAsync(TextRange range, CancellationToken cancellationToken)
    {
        var (journal, first, last) = range;
        await connection.ExecuteLaterAsync(
            $"DELETE FROM audit_text_pages WHERE journal_id = {journal} AND first_seq >= {first} AND first_seq <= {last}",
            cancellationToken).ConfigureAwait(false);
        await connection.ExecuteLaterAsync(
            $"DELETE FROM audit_text_runs WHERE journal_id = {journal} AND first_seq >= {first} AND first_seq <= {last}",
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Claims a run that is not indexed yet, in the connection's transaction; returns false where another process has indexed it meanwhile.
    /// </summary>
    public async Task<bool> ClaimAsync(TextRun run, CancellationToken cancellationToken)
    {
        var filter = new SqlFilter(connection.Dialect);
        filter.Require($"journal_id = {filter.Value(run.JournalId)}");
        filter.Require($"first_seq = {filter.Value(run.FirstSeq)}");
        filter.Require($"last_seq = {filter.Value(run.LastSeq)}");
        filter.Require("pages IS NULL");
        var claim = connection.Dialect.Reserve("first_seq", "audit_text_runs", filter.Where);
        var claimed = await connection.ReadAsync(
            SqlQuery.Raw(claim, filter.Parameters), row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        return claimed.Count > 0;
    }

    private Task InsertPagesAsync(TextRun run, (int Page, byte[] Data)[] pages, CancellationToken cancellationToken)
    {
        var values = new SqlFilter(connection.Dialect);
        var key = $"{values.Value(run.JournalId)}, {values.Value(run.FirstSeq)}";
        var rows = pages.Select(page => $"({key}, {values.Value(page.Page)}, {values.Value(page.Data)})").ToList();
        var insert = $"INSERT INTO audit_text_pages (journal_id, first_seq, page, data) VALUES\n{string.Join(",\n", rows)}";
        return connection.ExecuteLaterAsync(SqlQuery.Raw(insert, values.Parameters), cancellationToken);
    }

    private Task<List<TextRun>> ReadAsync(SqlQuery query, CancellationToken cancellationToken) => connection.ReadAsync(
        query,
        row => new TextRun(
            row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt32(3),
            connection.Dialect.ReadTime(row, 4), connection.Dialect.ReadTime(row, 5), row.IsDBNull(6) ? null : Bytes(row, 6)),
        cancellationToken);

    private static byte[] Bytes(DbDataReader row, int column) => (byte[])row.GetValue(column);
}
