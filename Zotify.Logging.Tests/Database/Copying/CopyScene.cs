using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Copying;
using Zotify.Logging.Database;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;
using Zotify.Logging.SqlServer;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Database.Copying;

/// <summary>A database with rows, and an empty one to copy them to. Disposing it removes the latter.</summary>
internal sealed class CopyScene(TestStore source, TestStore target) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zotify-copy-");

    public TestStore Source { get; } = source;

    public TestStore Target { get; } = target;

    /// <summary>The log directory, which has no journals.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Whether the target refuses rows: see <see cref="StandInEngine"/>.</summary>
    public bool Refuses { get; set; }

    public List<CopyProgress> Progress { get; } = [];

    public List<string> Reports { get; } = [];

    /// <summary>The settings of a store's database.</summary>
    public static DatabaseOptions OptionsOf(TestStore store) => store is SqlServerStore server
        ? new DatabaseOptions { Provider = DatabaseProvider.SqlServer, ConnectionString = server.ConnectionString }
        : new DatabaseOptions { ConnectionString = $"Data Source={((SqliteStore)store).File}" };

    /// <summary>Runs the copy as the command does.</summary>
    /// <param name="tap">Its hooks run on operations of connections to the target.</param>
    /// <param name="restarts">Whether to begin again.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<CopiedRows>> CopyAsync(
        CancellationToken cancellationToken, ConnectionTap? tap = null, bool restarts = false)
    {
        using var stage = new JournalStage(
            new LogDirectory(Folder, "m1/app", TimeProvider.System), Source.Open(), "m1/app", TimeProvider.System);
        var copy = new DatabaseCopy(
            stage, [new SqliteEngineFactory(), new TestEngineFactory(() => Refuses)], Target.Over(tap ?? new ConnectionTap()))
        {
            MaxBatchRows = 100,
        };
        return await copy.RunAsync(OptionsOf(Target), restarts, Progress.Add, Reports.Add, cancellationToken);
    }

    /// <summary>Whether the target has a copy that is not finished.</summary>
    public async Task<bool> IsMarkedAsync(CancellationToken cancellationToken)
    {
        var target = Target.Open();
        await using var connection = await target.OpenTargetAsync(cancellationToken);
        return (await target.ReadSchemaAsync(connection, cancellationToken)).UnfinishedCopy is not null;
    }

    /// <summary>Makes the target's tables those of the version before the last migration.</summary>
    public async Task RemoveInstancesAsync(CancellationToken cancellationToken)
    {
        var target = Target.Open();
        await using var connection = await target.OpenTargetAsync(cancellationToken);
        var last = Target is SqlServerStore ? SqlServerMigration.All[^1] : SqliteSchemaScript.All[^1].Name;
        Assert.EndsWith("_Instances", last);
        await target.Copying.UnmarkAsync(connection, last, cancellationToken);
        await connection.ExecuteAsync($"DROP TABLE instances", cancellationToken);
    }

    /// <summary>All rows of a store, read by EF Core: a line for each.</summary>
    public static async Task<string> RowsAsync(TestStore store, CancellationToken cancellationToken)
    {
        await using var tables = store.NewContext();
        object[][] rows =
        [
            [.. await tables.Journals.OrderBy(row => row.Id).ToListAsync(cancellationToken)],
            [.. await tables.AuditEvents.OrderBy(row => row.RowId).ToListAsync(cancellationToken)],
            [.. await tables.JobLogs.OrderBy(row => row.Id).ToListAsync(cancellationToken)],
            [.. (await tables.Jobs.ToListAsync(cancellationToken)).OrderBy(row => row.JobId, StringComparer.Ordinal)],
            [
                .. (await tables.AuditCounts.ToListAsync(cancellationToken))
                    .OrderBy(row => row.Hour).ThenBy(row => row.EventType, StringComparer.Ordinal),
            ],
        ];
        return string.Join('\n', rows.SelectMany(table => table).Select(row => JsonSerializer.Serialize(row, row.GetType())));
    }

    public void Dispose()
    {
        Target.Dispose();
        _folder.DeleteAll();
    }
}
