using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Zotify.Logging.Database;

namespace Zotify.Logging.SqlServer;

/// <summary>
/// Applies the missing migrations, all in one transaction, one process at a time: the lock ends with the transaction, and the transaction
/// with its process. EF Core's own <c>Migrate</c> would also create and alter databases.
/// </summary>
internal static class SqlServerMigration
{
    // A line of its own that separates those statements of a script that do not compile together.
    private const string BatchSeparator = "GO";
    private const string LockName = "zotify_logging_migration";
    private static readonly TimeSpan LockTimeout = TimeSpan.FromMinutes(5);

    /// <summary>All migrations, in order. Every start compares them, so that EF Core is loaded only where one is missing.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "20261124164629_Initial", "20261124192622_AuditFilters", "20261130140000_AuditText", "20261130150000_JobTimes",
        "20261130160000_Instances",
    ];

    /// <summary>The options of a context for the migrations.</summary>
    public static DbContextOptions<ZotifyLogsContext> Options(string connectionString) => new DbContextOptionsBuilder<ZotifyLogsContext>()
        .UseSqlServer(connectionString, server => server.MigrationsHistoryTable(SqlServerHistory.Table))
        // Log nothing: records about the database would go to the database.
        .UseLoggerFactory(NullLoggerFactory.Instance)
        .ReplaceService<IMigrationsSqlGenerator, OnlineIndexGenerator>()
        .Options;

    /// <summary>Brings the tables up to this version. Writes nothing where they already are.</summary>
    /// <exception cref="DbException">The database refused it; it is unchanged.</exception>
    /// <exception cref="SchemaAheadException">The tables are of a newer version.</exception>
    /// <exception cref="TimeoutException">Another process has been migrating for five minutes.</exception>
    public static async Task RunAsync(
        LoggingConnection connection, SqlServerSchema schema, string connectionString, CancellationToken cancellationToken)
    {
        var before = await SqlServerHistory.ReadAsync(connection, schema, cancellationToken).ConfigureAwait(false);
        before.EnsureUsable();
        if (before.IsCurrent) return;
        await connection.CommitAsync(
            async () =>
            {
                if (!await SqlServerLock.TryAcquireAsync(
                    connection, schema.LockName(LockName), LockTimeout, cancellationToken).ConfigureAwait(false))
                    throw new TimeoutException("Another process has been migrating the database for five minutes.");
                // Nobody else migrates while this process has the lock, so the state is the same until the commit.
                var state = await SqlServerHistory.ReadAsync(connection, schema, cancellationToken).ConfigureAwait(false);
                state.EnsureUsable();
                var history = schema.CreateStatement + SqlServerHistory.CreateTable;
                await ExecuteAsync(connection, history, cancellationToken).ConfigureAwait(false);
                if (state.Missing.Count == 0) return true;
                var newest = All.Except(state.Missing).LastOrDefault() ?? Migration.InitialDatabase;
                var script = Script(connectionString, newest, MigrationsSqlGenerationOptions.NoTransactions);
                await ExecuteAsync(connection, script, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The statements that bring tables of any version up to this one, in one transaction. Running them again changes nothing.
    /// </summary>
    public static string Script(SqlServerSchema schema, string connectionString) => schema.Qualify(
        SqlServerScript.InOneTransaction(
            schema.LockName(LockName),
            schema.CreateStatement
            + SqlServerHistory.CreateTable
            + Script(
                connectionString,
                Migration.InitialDatabase,
                MigrationsSqlGenerationOptions.Idempotent | MigrationsSqlGenerationOptions.NoTransactions)));

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

    private static string Script(string connectionString, string from, MigrationsSqlGenerationOptions options)
    {
        using var context = new ZotifyLogsContext(Options(connectionString));
        return context.GetService<IMigrator>().GenerateScript(from, options: options);
    }

    private static async Task ExecuteAsync(LoggingConnection connection, string script, CancellationToken cancellationToken)
    {
        foreach (var batch in Batches(script))
        {
            var command = connection.Command(batch);
            await using (command.ConfigureAwait(false))
            {
                // Building an index over many rows may take any time.
                command.CommandTimeout = 0;
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
