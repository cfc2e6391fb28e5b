using System.Globalization;
using Microsoft.Data.SqlClient;
using Zotify.Logging.Database;
using Zotify.Logging.SqlServer;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>
/// A database on the server whose connection string is in the environment. It has tables of this version and no rows, and is used again
/// after the test. A test of the tables themselves has an empty one of its own, which is dropped.
/// </summary>
internal sealed class SqlServerStore : TestStore
{
    /// <summary>The environment variable that holds the connection string of a server.</summary>
    public const string Variable = "ZOTIFY_TEST_SQLSERVER";

    private readonly SqlServerDatabase _database;
    private readonly StandInSessions _sessions;
    private volatile bool _refuses;
    private bool _isEmpty;
    private bool _keepsSessions = true;
    private bool _lacksTables;

    public SqlServerStore()
        : this(SqlServerDatabases.Rent())
    {
    }

    private SqlServerStore(SqlServerDatabase database)
    {
        _database = database;
        _sessions = new StandInSessions(database);
    }

    /// <summary>A database without tables.</summary>
    /// <param name="server">The connection string of the server; by default the one in the environment.</param>
    /// <param name="keepsSessions">
    /// Whether connections use the stand-in's sessions again: see <see cref="StandInSessions"/>. Otherwise the product makes them as it
    /// does elsewhere: the server refuses the drop where one is left.
    /// </param>
    public static SqlServerStore Empty(string? server = null, bool keepsSessions = true) =>
        new(SqlServerDatabase.Create(server ?? Server!)) { _isEmpty = true, _keepsSessions = keepsSessions };

    public static string? Server => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server ? server : null;

    public override string Engine => "SqlServer";

    public override bool MissingReadsAsEmpty => false;

    public override string RecordLaterVersion =>
        "INSERT INTO zotify_migrations (MigrationId, ProductVersion) VALUES ('99991231235959_Later', '99.0.0')";

    /// <summary>The connection string of the database.</summary>
    public string ConnectionString => _database.ConnectionString;

    /// <summary>The connection string of the tests' own connections and contexts.</summary>
    public string PooledConnectionString => _database.PooledConnectionString;

    public override ConnectionTap Over(ConnectionTap tap) => _keepsSessions && StandIn.IsUsed ? _sessions.Over(tap) : tap;

    public override ZotifyLogsContext NewContext() => new(SqlServerMigration.Options(PooledConnectionString));

    public override SqlConnection Connect() => _database.Connect();

    public override string Literal(DateTime time) => $"'{time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture)}'";

    public override string WithNumbers(string table, string insert) =>
        $"SET IDENTITY_INSERT {table} ON; {insert}; SET IDENTITY_INSERT {table} OFF;";

    public override Task BreakAsync()
    {
        _lacksTables = true;
        return ExecuteAsync("DROP TABLE audit_events; DROP TABLE job_logs; DROP TABLE jobs;");
    }

    public override string ReasonOfRefusal(string word, string table) => $"refuse_{table}";

    public override async Task RefuseAsync(string word)
    {
        _refuses = true;
        await (await Open().OpenForWritingAsync(CancellationToken.None)).DisposeAsync();
        // A bulk insert fires no triggers, but it keeps constraints.
        foreach (var table in (string[])["audit_events", "job_logs"])
            await ExecuteAsync($"ALTER TABLE {table} ADD CONSTRAINT refuse_{table} CHECK (CHARINDEX('{word}', message) = 0)");
    }

    protected override LoggingDatabase Make(DatabaseOptions options, ConnectionTap? tap)
    {
        options.Provider = DatabaseProvider.SqlServer;
        // A test may log in as somebody else.
        var isOwn = options.ConnectionString == new DatabaseOptions().ConnectionString;
        if (isOwn) options.ConnectionString = ConnectionString;
        tap ??= new ConnectionTap();
        if (isOwn) tap = Over(tap);
        return new LoggingDatabase(options, Path.GetTempPath(), [new TestEngineFactory(() => _refuses)], tap);
    }

    protected override void Remove()
    {
        // The product closes what it opens: a database that somebody is connected to can be neither dropped nor restored.
        _database.WaitUntilUnused(() => _sessions.Open == 0);
        if (_isEmpty || _lacksTables)
        {
            _database.Drop();
            return;
        }

        if (_refuses)
        {
            _database.Execute(
                "ALTER TABLE audit_events DROP CONSTRAINT refuse_audit_events; ALTER TABLE job_logs DROP CONSTRAINT refuse_job_logs;");
        }

        SqlServerDatabases.Return(_database);
    }
}
