using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Database;
using Zotify.Logging.SqlServer;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>A SQLite file in a temporary folder, in a folder below that does not exist yet.</summary>
internal sealed class SqliteStore : TestStore
{
    private const string ConnectionString = "Data Source=data/zotify.db";

    public override string Engine => "Sqlite";

    public override bool MissingReadsAsEmpty => true;

    public override string RecordLaterVersion => "INSERT INTO zotify_schema (name, recorded_at) VALUES ('9999_Later', '')";

    public string Folder { get; } = Directory.CreateTempSubdirectory("zotify-database-").FullName;

    public string File => Path.Combine(Folder, "data", "zotify.db");

    public LoggingDatabase Open(string connectionString, ConnectionTap? tap = null) =>
        Open(new DatabaseOptions { ConnectionString = connectionString }, tap);

    public override ZotifyLogsContext NewContext()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        return new SqliteTables(new DbContextOptionsBuilder<SqliteTables>().UseSqlite($"Data Source={File};Pooling=False").Options);
    }

    public override SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    public Task ExecuteInNewFileAsync(string sql)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        return ExecuteAsync(sql);
    }

    /// <summary>Makes the file read-only while nobody has it open; dispose to undo it.</summary>
    public IDisposable Protect() => new ReadOnlyDatabase(File);

    /// <summary>Deletes the database file, or all its files.</summary>
    public void Delete(params ReadOnlySpan<string> suffixes)
    {
        foreach (var suffix in suffixes) System.IO.File.Delete(File + suffix);
    }

    /// <summary>A copy, as a backup makes it.</summary>
    public string Copy()
    {
        var copy = Path.Combine(Folder, "copy.db");
        using var connection = Connect();
        using var to = new SqliteConnection($"Data Source={copy};Pooling=False");
        connection.BackupDatabase(to);
        return copy;
    }

    public override string Literal(DateTime time) => $"'{SqliteValues.OfTime(time)}'";

    public override string WithNumbers(string table, string insert) => insert;

    public override Task BreakAsync() =>
        ExecuteAsync("PRAGMA foreign_keys=OFF; DROP TABLE audit_events; DROP TABLE job_logs; DROP TABLE jobs;");

    public override string ReasonOfRefusal(string word, string table) => $"We take no {word}";

    public override async Task RefuseAsync(string word)
    {
        await (await Open().OpenForWritingAsync(CancellationToken.None)).DisposeAsync();
        foreach (var table in (string[])["audit_events", "job_logs"])
        {
            await ExecuteAsync(
                $"CREATE TRIGGER refuse_{table} BEFORE INSERT ON {table} WHEN instr(NEW.message, '{word}') > 0 BEGIN SELECT RAISE(ABORT, 'We take no {word}'); END");
        }
    }

    protected override LoggingDatabase Make(DatabaseOptions options, ConnectionTap? tap)
    {
        if (options.ConnectionString == new DatabaseOptions().ConnectionString) options.ConnectionString = ConnectionString;
        return new LoggingDatabase(options, Folder, [new SqliteEngineFactory()], tap);
    }

    protected override void Remove() => new DirectoryInfo(Folder).DeleteAll();
}
