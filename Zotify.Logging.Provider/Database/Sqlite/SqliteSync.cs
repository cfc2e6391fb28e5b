using System.Globalization;

namespace Zotify.Logging.Database;

/// <summary>Brings to the disk what connections committed with <c>synchronous=NORMAL</c>.</summary>
internal static class SqliteSync
{
    /// <summary>
    /// Commits a transaction with <c>synchronous=FULL</c>. Its fsync covers the whole write-ahead log, so also the commits of other
    /// connections and processes before it, and the log's name in the directory. Call it inside the write gate.
    /// </summary>
    /// <exception cref="System.Data.Common.DbException">It is not known what is on the disk.</exception>
    public static async Task RunAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync($"PRAGMA synchronous=FULL", cancellationToken).ConfigureAwait(false);
        try
        {
            await connection.CommitAsync(() => RewriteAsync(connection, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await connection.ExecuteAsync($"PRAGMA synchronous=NORMAL", CancellationToken.None).ConfigureAwait(false);
        }
    }

    // SQLite commits nothing, and flushes nothing, where no page was written, and an UPDATE to the same values writes none. This number of
    // the application does: it keeps its value.
    private static async Task<bool> RewriteAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        var version = await connection.ReadAsync($"PRAGMA user_version", row => row.GetInt32(0), cancellationToken).ConfigureAwait(false);
        var rewrite = string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version={version.Single()}");
        await connection.ExecuteAsync(SqlQuery.Raw(rewrite), cancellationToken).ConfigureAwait(false);
        return true;
    }
}
