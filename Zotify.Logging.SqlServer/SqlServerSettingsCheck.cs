using System.Globalization;
using Zotify.Logging.Database;

namespace Zotify.Logging.SqlServer;

/// <summary>Checks the settings of the database that the statements rely on.</summary>
internal static class SqlServerSettingsCheck
{
    // The first level with OPENJSON.
    private const int JsonLevel = 130;

    /// <summary>
    /// Checks the settings. Returns what the database should be set to; <see langword="null"/> where nothing needs to change.
    /// </summary>
    /// <exception cref="UnsuitableDatabaseException">The compatibility level is below that of OPENJSON.</exception>
    public static async Task<string?> RunAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        // A login sees at least the database that it is connected to.
        var settings = await connection.ReadAsync(
            $"SELECT name, compatibility_level, is_read_committed_snapshot_on FROM sys.databases WHERE database_id = DB_ID()",
            row => (
                Name: row.GetString(0), Level: Convert.ToInt32(row.GetValue(1), CultureInfo.InvariantCulture), Snapshot: row.GetBoolean(2)),
            cancellationToken).ConfigureAwait(false);
        if (settings.Count == 0) return null;
        var (name, level, snapshot) = settings[0];
        if (level < JsonLevel && !await HasJsonAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            throw new UnsuitableDatabaseException(
                $"The database '{name}' has the compatibility level {level}, which has no OPENJSON. Run, as its owner: "
                + $"ALTER DATABASE {Quoted(name)} SET COMPATIBILITY_LEVEL = {JsonLevel}; or a higher level.");
        }

        return snapshot
            ? null
            : $"READ_COMMITTED_SNAPSHOT is off in the database '{name}': readers wait for every transaction that writes. Run, as its "
                + $"owner: ALTER DATABASE {Quoted(name)} SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;";
    }

    // A server that is not SQL Server may have the function at a lower level. Dynamic, because the batch does not compile without it.
    private static async Task<bool> HasJsonAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        var found = await connection.ReadAsync(
            $"""
            DECLARE @has int = 1;
            BEGIN TRY
              EXEC sp_executesql N'DECLARE @one int = (SELECT TOP (1) 1 FROM OPENJSON(N''[1]''));';
            END TRY
            BEGIN CATCH
              SET @has = 0;
            END CATCH
            SELECT @has;
            """,
            row => row.GetInt32(0), cancellationToken).ConfigureAwait(false);
        return found.Single() == 1;
    }

    private static string Quoted(string name) => $"[{name.Replace("]", "]]", StringComparison.Ordinal)}]";
}
