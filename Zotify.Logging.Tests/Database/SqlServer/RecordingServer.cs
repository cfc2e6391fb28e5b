using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Text.RegularExpressions;
using Zotify.Logging.Database;
using Zotify.Logging.SqlServer;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>
/// Connects the engine to no server: keeps the commands that it sends, over any number of connections. Its tables are of this version.
/// </summary>
/// <param name="answer">Answers a command first; may throw what the driver would throw.</param>
internal sealed partial class RecordingServer(Func<string, DataTable?>? answer = null) : ConnectionTap
{
    /// <summary>The applied migrations; by default all.</summary>
    public IReadOnlyList<string> Applied { get; init; } = SqlServerMigration.All;

    /// <summary>The commands as they are written, in order: without the schema, which is added as they are sent.</summary>
    public ConcurrentQueue<string> Commands { get; } = new();

    /// <summary>The commands as they are sent, in order.</summary>
    public ConcurrentQueue<string> Sent { get; } = new();

    /// <summary>Opens it.</summary>
    public LoggingDatabase Open(bool? migrateOnStart = null) => new(
        new DatabaseOptions { Provider = DatabaseProvider.SqlServer, ConnectionString = "Server=nowhere;Database=zotify", MigrateOnStart = migrateOnStart },
        Path.GetTempPath(),
        [new SqlServerEngineFactory()],
        this);

    public override DbConnection Created(DbConnection connection)
    {
        connection.Dispose();
        return new RecordingConnection(text =>
        {
            Sent.Enqueue(text);
            var command = QualifiedName().Replace(text, "$1");
            Commands.Enqueue(command);
            return Answer(command);
        });
    }

    [GeneratedRegex(@"\[dbo\]\.\[(\w+)\]")]
    private static partial Regex QualifiedName();

    private DataTable? Answer(string text)
    {
        if (answer?.Invoke(text) is { } rows) return rows;
        if (text.StartsWith("IF OBJECT_ID(N'zotify_migrations') IS NOT NULL SELECT", StringComparison.Ordinal))
            return Table(["MigrationId"], [.. Applied.Select(id => (object[])[id])]);
        if (text.StartsWith("IF OBJECT_ID(N'__EFMigrationsHistory') IS NOT NULL SELECT", StringComparison.Ordinal))
            return Table(["MigrationId"], []);
        if (text.StartsWith("IF OBJECT_ID(QUOTENAME(SCHEMA_NAME())", StringComparison.Ordinal)) return Table(["schema"], []);
        if (text.StartsWith("SELECT USER_NAME(),\n", StringComparison.Ordinal))
            return Table([.. Rights(text).Select((_, i) => $"c{i}")], [["dbo", .. Rights(text).Skip(1).Select(_ => (object)1)]]);
        if (text.Contains("sp_getapplock", StringComparison.Ordinal)) return Table(["result"], [[0]]);
        return null;
    }

    /// <summary>The columns of a query for rights: the user, then one for each right.</summary>
    private static string[] Rights(string query) => query.Split(",\n");

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
            table.Columns.Add(column, rows.Length == 0 ? typeof(string) : rows[0][i] is DBNull ? typeof(int) : rows[0][i].GetType());
        foreach (var row in rows) table.Rows.Add(row);
        return table;
    }
}
