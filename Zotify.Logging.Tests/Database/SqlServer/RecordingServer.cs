using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Zotify.Logging.Database;
using Zotify.Logging.SqlServer;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>
/// Connects the engine to no server: keeps the commands that it sends, over any number of connections. Its tables are of this version.
/// </summary>
/// <param name="answer">Answers a command first; may throw what the driver would throw.</param>
internal sealed class RecordingServer(Func<string, DataTable?>? answer = null) : ConnectionTap
{
    /// <summary>The applied migrations; by default all.</summary>
    public IReadOnlyList<string> Applied { get; init; } = SqlServerMigration.All;

    /// <summary>The commands, in order.</summary>
    public ConcurrentQueue<string> Commands { get; } = new();

    /// <summary>Opens it.</summary>
    public LoggingDatabase Open(bool? migrateOnStart = null) => new(
        new DatabaseOptions { Provider = DatabaseProvider.SqlServer, ConnectionString = "Server=nowhere;Database=zotify", MigrateOnStart = migrateOnStart },
        Path.GetTempPath(),
        [new SqlServerEngineFactory()],
        this);

    public override DbConnection Created(DbConnection connection)
    {
        connection.Dispose();
        return new RecordingConnection(Commands, Answer);
    }

    private DataTable? Answer(string text)
    {
        if (answer?.Invoke(text) is { } rows) return rows;
        if (text.StartsWith("IF OBJECT_ID(N'[zotify_migrations]') IS NOT NULL SELECT", StringComparison.Ordinal))
            return Table(["MigrationId"], [.. Applied.Select(id => (object[])[id])]);
        if (text.StartsWith("IF OBJECT_ID(N'[__EFMigrationsHistory]') IS NOT NULL SELECT", StringComparison.Ordinal))
            return Table(["MigrationId"], []);
        if (text.Contains("sp_getapplock", StringComparison.Ordinal)) return Table(["result"], [[0]]);
        return null;
    }

    /// <summary>A journal without projected lines.</summary>
    public static DataTable Row(FakeJournal journal) =>
        Table(
            ["id", "journal", "instance", "name", "seq", "hash", "segment", "offset"],
            [[1L, journal.Id, "m1/app", journal.FileName, 0L, "", 0L, 0L]]);

    /// <summary>Rows of an answer.</summary>
    public static DataTable Table(string[] columns, object[][] rows)
    {
        var table = new DataTable();
        foreach (var (column, i) in columns.Select((column, i) => (column, i)))
            table.Columns.Add(column, rows.Length == 0 ? typeof(string) : rows[0][i].GetType());
        foreach (var row in rows) table.Rows.Add(row);
        return table;
    }
}
