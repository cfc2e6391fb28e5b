using System.Data.Common;

namespace Zotify.Logging.Database;

/// <summary>Reads rows of <c>journals</c>.</summary>
internal static class JournalRowReader
{
    private const string Columns = "j.id, j.journal, j.instance, j.name, j.seq, j.hash, j.segment, j.\"offset\"";

    /// <summary>The row of a journal, by its own id; <see langword="null"/> where there is none.</summary>
    public static async Task<JournalRow?> FindAsync(LoggingConnection connection, Guid journal, CancellationToken cancellationToken)
    {
        var filter = new SqlFilter(connection.Dialect);
        filter.Require($"j.journal = {filter.Value(journal)}");
        return (await ReadAsync(connection, filter, cancellationToken).ConfigureAwait(false)).SingleOrDefault();
    }

    /// <summary>The rows of <c>journals AS j</c> that match, in order of their numbers.</summary>
    public static Task<List<JournalRow>> ReadAsync(LoggingConnection connection, SqlFilter filter, CancellationToken cancellationToken) =>
        connection.ReadAsync(
            SqlQuery.Raw($"SELECT {Columns} FROM journals AS j\n{filter.Where}\nORDER BY j.id", filter.Parameters),
            row => Of(row, connection.Dialect),
            cancellationToken);

    /// <summary>How far each journal is projected, by its number.</summary>
    public static async Task<Dictionary<long, long>> ReadSeqsAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        var seqs = await connection.ReadAsync(
            $"SELECT j.id, j.seq FROM journals AS j", row => (Id: row.GetInt64(0), Seq: row.GetInt64(1)), cancellationToken)
            .ConfigureAwait(false);
        return seqs.ToDictionary(journal => journal.Id, journal => journal.Seq);
    }

    private static JournalRow Of(DbDataReader row, SqlDialect dialect) => new()
    {
        Id = row.GetInt64(0),
        Journal = dialect.ReadId(row, 1),
        Instance = row.GetString(2),
        Name = row.GetString(3),
        Seq = row.GetInt64(4),
        Hash = row.GetString(5),
        Segment = row.GetInt64(6),
        Offset = row.GetInt64(7),
    };
}
