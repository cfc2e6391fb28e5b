using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Zotify.Logging.Provider.Database.Sql;

namespace Zotify.Logging.Provider.Database.Sqlite;

/// <summary>
/// Applies what migrations are missing, all in one transaction. EF Core's own <c>Migrate</c> guards itself by a row in a
/// table: a process that is killed at it leaves that row behind, and every later start waits for ever. SQLite's write lock
/// dies with its process.
/// </summary>
internal static class SqliteMigration
{
    /// <summary>The newest migration.</summary>
    public const string Newest = "20261124192622_AuditFilters";

    /// <summary>Whether the newest migration was applied.</summary>
    public static async Task<bool> IsAppliedAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        var tables = await connection.ReadAsync($"SELECT 1 FROM sqlite_master WHERE name = '__EFMigrationsHistory'", _ => true, cancellationToken).ConfigureAwait(false);
        return tables.Count > 0
            && (await connection.ReadAsync($"SELECT 1 FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" = {Newest}", _ => true, cancellationToken).ConfigureAwait(false)).Count > 0;
    }

    /// <summary>Brings the tables up to this version; writes nothing when they are.</summary>
    public static async Task RunAsync(LoggingConnection connection, LoggingDbContext context, CancellationToken cancellationToken)
    {
        var pending = await context.Database.GetPendingMigrationsAsync(cancellationToken).ConfigureAwait(false);
        if (!pending.Any()) return;

        // Neither can be changed inside a transaction. SQLite rebuilds a table to change it: keys that point to it must not object meanwhile.
        await connection.ExecuteAsync($"PRAGMA journal_mode=WAL; PRAGMA foreign_keys=OFF;", cancellationToken).ConfigureAwait(false);
        await connection.CommitAsync(
            async () =>
            {
                // Under the lock nobody else migrates: what is applied now stays so until the commit.
                await context.Database.UseTransactionAsync(connection.Transaction, cancellationToken).ConfigureAwait(false);
                var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken).ConfigureAwait(false);
                var script = context.GetService<IMigrator>().GenerateScript(
                    applied.LastOrDefault() ?? Migration.InitialDatabase, options: MigrationsSqlGenerationOptions.NoTransactions);
                await connection.ExecuteAsync(new SqlQuery(script), cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync($"PRAGMA foreign_keys=ON;", cancellationToken).ConfigureAwait(false);
    }
}
