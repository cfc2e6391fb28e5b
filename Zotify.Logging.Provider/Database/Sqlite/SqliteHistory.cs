namespace Zotify.Logging.Database;

/// <summary>
/// Which scripts were applied: the table <c>zotify_schema</c>. Not <c>PRAGMA user_version</c>: an application may keep its own
/// tables in the same file, and its own version there. Earlier versions had migrations of EF Core and listed them in EF Core's
/// table, which an application may use as well.
/// </summary>
internal static class SqliteHistory
{
    /// <summary>Makes the table where there is none.</summary>
    public const string MakeTable =
        """
        CREATE TABLE IF NOT EXISTS zotify_schema (
            name TEXT NOT NULL PRIMARY KEY,
            recorded_at TEXT NOT NULL
        );
        """;

    private const string OwnTable = "zotify_schema";
    private const string FormerTable = "__EFMigrationsHistory";

    // The migrations of earlier versions, and the scripts that do the same.
    private static readonly Dictionary<string, string> Former = new(StringComparer.Ordinal)
    {
        ["20261123231255_Initial"] = "0001_Initial",
        ["20261124164626_JobsByJournal"] = "0002_JobsByJournal",
        ["20261124192622_AuditFilters"] = "0003_AuditFilters",
    };

    /// <summary>The statement that records a script; a second time it does nothing.</summary>
    public static string Record(string name) =>
        $"INSERT OR IGNORE INTO zotify_schema (name, recorded_at) VALUES ('{name}', strftime('%Y-%m-%dT%H:%M:%S', 'now') || '.0000000Z');";

    /// <summary>How the tables stand to this program.</summary>
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
    /// Forgets the migrations of earlier versions, which are recorded as scripts by now: to such a version the database then is
    /// one that it does not know, and not one of its own. An application's migrations in the same table stay.
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
