using System.Data.Common;
using System.Globalization;
using Zotify.Logging.Database;
using Zotify.Logging.SqlServer;
using Zotify.Logging.Tests.Deployment;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>A database of a test's own, empty at first, of some engine. Disposing it removes it.</summary>
internal abstract class TestStore : IDisposable
{
    private readonly List<LoggingDatabase> _databases = [];

    /// <summary>Opens it, as each process would, and brings its tables up to date.</summary>
    public LoggingDatabase Open(ConnectionTap? tap = null) => Open(new DatabaseOptions { MigrateOnStart = true }, tap);

    /// <summary>Opens it with options; its provider and, where none is given, its connection string are the store's.</summary>
    public LoggingDatabase Open(DatabaseOptions options, ConnectionTap? tap = null)
    {
        var database = Make(options, tap);
        _databases.Add(database);
        return database;
    }

    /// <summary>A context without tables.</summary>
    public abstract ZotifyLogsContext NewContext();

    /// <summary>The scripts that created the tables of earlier versions, each a file; the oldest version first.</summary>
    public IReadOnlyList<string> OldVersions =>
        [
            .. Directory.GetFiles(
                Path.Combine(Repository.Root, "Zotify.Logging.Tests/Database/Old", Engine), "*.sql").Order(StringComparer.Ordinal)
        ];

    /// <summary>
    /// Every how many cases a test tries one that tries many: each, or, at the small size, fewer on a server, which takes many times as
    /// long. SQLite then tries those that are left out.
    /// </summary>
    public int Every(int many) => Engine == "Sqlite" || TestScale.Factor > 1 ? 1 : many;

    /// <summary>Runs the hooks of a tap on connections to it that a test opens by its connection string.</summary>
    public virtual ConnectionTap Over(ConnectionTap tap) => tap;

    /// <summary>The engine's name.</summary>
    public abstract string Engine { get; }

    /// <summary>Whether a database that does not exist reads as an empty one: a file that nobody has written yet.</summary>
    public abstract bool MissingReadsAsEmpty { get; }

    /// <summary>A statement that records a change by a later version.</summary>
    public abstract string RecordLaterVersion { get; }

    /// <summary>A plain connection, as SQL people have it.</summary>
    public abstract DbConnection Connect();

    /// <summary>A time as it is written in a statement.</summary>
    public abstract string Literal(DateTime time);

    /// <summary>An insert that sets the numbers of rows, which the engine assigns otherwise.</summary>
    public abstract string WithNumbers(string table, string insert);

    /// <summary>Drops its tables while others use it.</summary>
    public abstract Task BreakAsync();

    /// <summary>Makes it refuse entries and events whose message contains the word. Creates missing tables.</summary>
    public abstract Task RefuseAsync(string word);

    /// <summary>What its message about such a refusal contains: SQL Server names the constraint, not the condition.</summary>
    public abstract string ReasonOfRefusal(string word, string table);

    /// <summary>The result of a query: a line for each row, its values separated by bars.</summary>
    public async Task<string> ReadTextAsync(string sql)
    {
        await using var connection = Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            lines.Add(
                string.Join(
                    '|',
                    Enumerable.Range(0, reader.FieldCount)
                        .Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        }

        return string.Join('\n', lines);
    }

    /// <summary>Creates the tables of an earlier version, by its script.</summary>
    public async Task MakeOldTablesAsync(string script)
    {
        await NewContext().DisposeAsync();
        foreach (var batch in SqlServerMigration.Batches(await File.ReadAllTextAsync(script))) await ExecuteAsync(batch);
    }

    /// <summary>Runs statements, one after the other, over one connection.</summary>
    public async Task ExecuteAsync(params string[] statements)
    {
        await using var connection = Connect();
        foreach (var sql in statements)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }
    }

    public void Dispose()
    {
        foreach (var database in _databases) database.Dispose();
        Remove();
    }

    protected abstract LoggingDatabase Make(DatabaseOptions options, ConnectionTap? tap);

    protected abstract void Remove();
}
