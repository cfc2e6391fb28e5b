using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace Zotify.Logging.Provider.Database.Sqlite;

/// <summary>
/// Applies what migrations are missing, all in one transaction. EF Core's own <c>Migrate</c> guards itself by a row in a
/// table: a process that is killed at it leaves that row behind, and every later start waits for ever. SQLite's write lock
/// dies with its process.
/// </summary>
internal static class SqliteMigration
{
    /// <summary>Brings the tables up to this version; writes nothing when they are.</summary>
    public static async Task RunAsync(LoggingDbContext context, CancellationToken cancellationToken)
    {
        var pending = await context.Database.GetPendingMigrationsAsync(cancellationToken).ConfigureAwait(false);
        if (!pending.Any()) return;

        // Neither can be changed inside a transaction. SQLite rebuilds a table to change it: keys that point to it must not object meanwhile.
        await ExecuteAsync(context, "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=OFF;", cancellationToken).ConfigureAwait(false);
        var transaction = await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            // Under the lock nobody else migrates: what is applied now stays so until the commit.
            var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken).ConfigureAwait(false);
            var script = context.GetService<IMigrator>().GenerateScript(
                applied.LastOrDefault() ?? Migration.InitialDatabase, options: MigrationsSqlGenerationOptions.NoTransactions);
            await ExecuteAsync(context, script, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

        await ExecuteAsync(context, "PRAGMA foreign_keys=ON;", cancellationToken).ConfigureAwait(false);
    }

    private static async Task ExecuteAsync(LoggingDbContext context, string sql, CancellationToken cancellationToken)
    {
        var command = context.Database.GetDbConnection().CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = sql;
            command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
