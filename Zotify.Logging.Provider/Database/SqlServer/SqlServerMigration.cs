using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

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

    /// <summary>Brings the tables up to this version; writes nothing when they are.</summary>
    /// <exception cref="DbException">The database refused it; it is as it was.</exception>
    /// <exception cref="TimeoutException">Another process is at it, and has been for five minutes.</exception>
    public static async Task RunAsync(LoggingDbContext context, CancellationToken cancellationToken)
    {
        var pending = await context.Database.GetPendingMigrationsAsync(cancellationToken).ConfigureAwait(false);
        if (!pending.Any()) return;

        var transaction = await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            if (!await SqlServerLock.TryTakeAsync(context, "zotify_logging_migration", Patience, cancellationToken).ConfigureAwait(false))
                throw new TimeoutException("Another process has been migrating the database for five minutes.");
            // Under the lock nobody else migrates: what is applied now stays so until the commit.
            var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken).ConfigureAwait(false);
            var script = context.GetService<IMigrator>().GenerateScript(
                applied.LastOrDefault() ?? Migration.InitialDatabase, options: MigrationsSqlGenerationOptions.NoTransactions);
            foreach (var batch in Batches(script)) await ExecuteAsync(context, batch, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
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

    private static async Task ExecuteAsync(LoggingDbContext context, string sql, CancellationToken cancellationToken)
    {
        var command = context.Database.GetDbConnection().CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = sql;
            command.Transaction = context.Database.CurrentTransaction!.GetDbTransaction();
            // To build an index over many rows takes as long as it takes.
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
