using System.Data.Common;

namespace Zotify.Logging.Database;

/// <summary>
/// Applies the missing scripts, all in one transaction. SQLite's write lock ends with its process, so a killed process blocks nobody.
/// </summary>
internal static class SqliteMigration
{
    /// <summary>Brings the tables up to this version. Writes nothing where they already are.</summary>
    /// <exception cref="DbException">The database refused it; it is unchanged.</exception>
    /// <exception cref="SchemaAheadException">The tables are of a newer version.</exception>
    public static async Task RunAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        var before = await SqliteHistory.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        before.EnsureUsable();
        if (before.IsCurrent) return;

        // Neither can be changed inside a transaction. SQLite rebuilds a table to change it, and foreign keys to the table must not fail
        // meanwhile.
        await connection.ExecuteAsync($"PRAGMA journal_mode=WAL; PRAGMA foreign_keys=OFF;", cancellationToken).ConfigureAwait(false);
        await connection.CommitAsync(
            async () =>
            {
                // Nobody else migrates during this transaction, so the state is the same until the commit.
                var state = await SqliteHistory.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
                state.EnsureUsable();
                await ApplyAsync(connection, state, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync($"PRAGMA foreign_keys=ON;", cancellationToken).ConfigureAwait(false);
    }

    private static async Task ApplyAsync(LoggingConnection connection, SchemaState state, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(SqlQuery.Raw(SqliteHistory.CreateTable), cancellationToken).ConfigureAwait(false);
        foreach (var script in SqliteSchemaScript.All)
        {
            if (state.Missing.Contains(script.Name))
                await connection.ExecuteAsync(SqlQuery.Raw(script.ReadText()), cancellationToken).ConfigureAwait(false);
            await connection.ExecuteAsync(SqlQuery.Raw(SqliteHistory.Record(script.Name)), cancellationToken).ConfigureAwait(false);
        }

        if (!state.IsRecorded) await SqliteHistory.ForgetFormerAsync(connection, cancellationToken).ConfigureAwait(false);
    }
}
