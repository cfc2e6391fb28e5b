namespace Zotify.Logging.Database;

/// <summary>
/// The applied scripts, in the table <c>zotify_schema</c>. Not in <c>PRAGMA user_version</c>, because an application may have its own
/// tables in the same file, and its own version there. Earlier versions had migrations of EF Core, listed in EF Core's table, which an
/// application may use as well.
/// </summary>
internal static class SqliteHistory
{
    /// <summary>Creates the table where there is none.</summary>
    public const string CreateTable =
        """
        CREATE TABLE IF NOT EXISTS zotify_schema (
            name TEXT NOT NULL PRIMARY KEY,
            recorded_at TEXT NOT NULL
        );
        """;

    private const string OwnTable = "zotify_schema";
    private const string FormerTable = "__EFMigrationsHistory";

    // The migrations of earlier versions, and the scripts with the same effect.
    private static readonly Dictionary<string, string> Former = new(StringComparer.Ordinal)
    {
        ["20261123231255_Initial"] = "0001_Initial",
        ["20261124164626_JobsByJournal"] = "0002_JobsByJournal",
        ["20261124192622_AuditFilters"] = "0003_AuditFilters",
    };

    /// <summary>The statement that records a script. Running it again does nothing.</summary>
    public static string Record(string name) =>
        $"INSERT OR IGNORE INTO zotify_schema (name, recorded_at) VALUES ('{name}', strftime('%Y-%m-%dT%H:%M:%S', 'now') || '.0000000Z');";

    /// <summary>Compares the tables with this program's version.</summary>
    public static async Task<SchemaState> ReadAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        var tables = await TextsAsync(
            connection,
            $"SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ({OwnTable}, {FormerTable})",
            cancellationToken).ConfigureAwait(false);
        List<string> own = tables.Contains(OwnTable)
            ? await TextsAsync(connection, $"SELECT name FROM zotify_schema", cancellationToken).ConfigureAwait(false)
            : [];
        var former = tables.Contains(FormerTable) ? await ReadFormerAsync(connection, cancellationToken).ConfigureAwait(false) : [];
        var known = SqliteSchemaScript.All.Select(script => script.Name).ToArray();
        return SchemaState.Of(known, own.Union(former)) with { IsRecorded = former.Length == 0 };
    }

    /// <summary>
    /// Deletes the entries of earlier versions' migrations, after they were recorded as scripts. An earlier version then refuses the
    /// database instead of treating it as its own. An application's entries in the same table stay.
    /// </summary>
    public static async Task ForgetFormerAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        foreach (var id in Former.Keys)
        {
            FormattableString delete = $"DELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" = {id}";
            await connection.ExecuteAsync(delete, cancellationToken).ConfigureAwait(false);
        }

        var left = await ReadIdsAsync(connection, cancellationToken).ConfigureAwait(false);
        if (left.Count > 0) return;
        await connection.ExecuteAsync(SqlQuery.Raw("DROP TABLE \"__EFMigrationsHistory\""), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string[]> ReadFormerAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        var ids = await ReadIdsAsync(connection, cancellationToken).ConfigureAwait(false);
        return [.. ids.Where(Former.ContainsKey).Select(id => Former[id])];
    }

    private static Task<List<string>> ReadIdsAsync(LoggingConnection connection, CancellationToken cancellationToken) =>
        TextsAsync(connection, $"SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\"", cancellationToken);

    private static Task<List<string>> TextsAsync(
        LoggingConnection connection, FormattableString query, CancellationToken cancellationToken) =>
        connection.ReadAsync(query, row => row.GetString(0), cancellationToken);
}
