using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Zotify.Logging.Provider.Database.SqlServer;

/// <summary>
/// Applies what migrations are missing, all in one transaction, one process at a time: the lock ends with the transaction,
/// and that with its process. EF Core's own <c>Migrate</c> would also create and alter databases.
/// </summary>
internal static class SqlServerMigration
{
    // What separates the statements of a script that do not compile together; a line of its own.
    private const string BatchSeparator = "GO";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The newest migration.</summary>
    public const string Newest = "20261124192622_AuditFilters";

    /// <summary>Whether the newest migration was applied.</summary>
    public static async Task<bool> IsAppliedAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        // A table that is not there is looked for only when the statement is run.
        var rows = await connection.ReadAsync(
            $"IF OBJECT_ID(N'[__EFMigrationsHistory]') IS NOT NULL SELECT 1 FROM [__EFMigrationsHistory] WHERE [MigrationId] = {Newest};", _ => true, cancellationToken).ConfigureAwait(false);
        return rows.Count > 0;
    }

    /// <summary>Brings the tables up to this version; writes nothing when they are.</summary>
    /// <exception cref="DbException">The database refused it; it is as it was.</exception>
    /// <exception cref="TimeoutException">Another process is at it, and has been for five minutes.</exception>
    public static async Task RunAsync(LoggingConnection connection, LoggingDbContext context, CancellationToken cancellationToken)
    {
        var pending = await context.Database.GetPendingMigrationsAsync(cancellationToken).ConfigureAwait(false);
        if (!pending.Any()) return;

        await connection.CommitAsync(
            async () =>
            {
                if (!await SqlServerLock.TryTakeAsync(connection, "zotify_logging_migration", Patience, cancellationToken).ConfigureAwait(false))
                    throw new TimeoutException("Another process has been migrating the database for five minutes.");
                // Under the lock nobody else migrates: what is applied now stays so until the commit.
                await context.Database.UseTransactionAsync(connection.Transaction, cancellationToken).ConfigureAwait(false);
                var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken).ConfigureAwait(false);
                var script = context.GetService<IMigrator>().GenerateScript(
                    applied.LastOrDefault() ?? Migration.InitialDatabase, options: MigrationsSqlGenerationOptions.NoTransactions);
                foreach (var batch in Batches(script)) await ExecuteAsync(connection, batch, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The parts of a script that are sent one after the other.</summary>
    public static IEnumerable<string> Batches(string script)
    {
        var batch = new List<string>();
        foreach (var line in script.ReplaceLineEndings("\n").Split('\n').Append(BatchSeparator))
        {
            if (line != BatchSeparator)
            {
                batch.Add(line);
                continue;
            }

            var text = string.Join('\n', batch).Trim();
            batch.Clear();
            if (text.Length > 0) yield return text;
        }
    }

    private static async Task ExecuteAsync(LoggingConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = connection.Command(sql);
        await using (command.ConfigureAwait(false))
        {
            // To build an index over many rows takes as long as it takes.
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
