using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Zotify.Logging.Database;
using Zotify.Logging.SqlServer;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>
/// A database of its own on the server whose connection string is in the environment; created and dropped by plain statements.
/// </summary>
internal sealed class SqlServerStore : TestStore
{
    /// <summary>The environment variable that holds the connection string of a server.</summary>
    public const string Variable = "ZOTIFY_TEST_SQLSERVER";

    /// <summary>Held while a database or a login is created or dropped: the stand-in fails where two are at once.</summary>
    internal static readonly Lock OneAtATime = new();

    private static readonly TimeSpan SessionsEnd = TimeSpan.FromSeconds(20);

    private readonly string _name =
        $"zotify_test_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N", CultureInfo.InvariantCulture)}";

    private readonly string _server;
    private volatile bool _refuses;

    /// <param name="server">The connection string of the server; by default the one in the environment.</param>
    public SqlServerStore(string? server = null)
    {
        _server = server ?? Server!;
        ExecuteInMaster($"CREATE DATABASE [{_name}]");
        if (!StandIn.IsUsed) return;
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = StandIn.FindAllColumns;
        command.ExecuteNonQuery();
    }

    public static string? Server => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server ? server : null;

    public override string Engine => "SqlServer";

    public override bool MissingReadsAsEmpty => false;

    public override string RecordLaterVersion =>
        "INSERT INTO zotify_migrations (MigrationId, ProductVersion) VALUES ('99991231235959_Later', '99.0.0')";

    /// <summary>The connection string of the database.</summary>
    public string ConnectionString => ConnectionStringOf(_name);

    /// <summary>
    /// The connection string for contexts of EF Core, which adds its own name to it: those connections would stay in another pool.
    /// </summary>
    public string UnpooledConnectionString => new SqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString;

    public override ZotifyLogsContext NewContext() =>
        new ZotifyLogsContext(SqlServerMigration.Options(UnpooledConnectionString));

    public override SqlConnection Connect() => Connect(ConnectionString);

    public override string Literal(DateTime time) => $"'{time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture)}'";

    public override string WithNumbers(string table, string insert) =>
        $"SET IDENTITY_INSERT {table} ON; {insert}; SET IDENTITY_INSERT {table} OFF;";

    public override Task BreakAsync() => ExecuteAsync("DROP TABLE audit_events; DROP TABLE job_logs; DROP TABLE jobs;");

    public override string ReasonOfRefusal(string word, string table) => $"refuse_{table}";

    public override async Task RefuseAsync(string word)
    {
        _refuses = true;
        await (await Open().OpenForWritingAsync(CancellationToken.None)).DisposeAsync();
        // A bulk insert fires no triggers, but it keeps constraints.
        foreach (var table in (string[])["audit_events", "job_logs"])
        {
            await ExecuteAsync($"ALTER TABLE {table} ADD CONSTRAINT refuse_{table} CHECK (CHARINDEX('{word}', message) = 0)");
        }
    }

    protected override LoggingDatabase Make(DatabaseOptions options, ConnectionTap? tap)
    {
        options.Provider = DatabaseProvider.SqlServer;
        // A test may log in as somebody else.
        if (options.ConnectionString == new DatabaseOptions().ConnectionString) options.ConnectionString = ConnectionString;
        return new LoggingDatabase(options, Path.GetTempPath(), [new TestEngineFactory(() => _refuses)], tap);
    }

    protected override void Remove()
    {
        // The tests' own connections. The product's are in no pool: the server refuses the drop where it has left one open. A server
        // takes a moment to end a session whose connection was closed.
        using (var connection = new SqlConnection(ConnectionString)) SqlConnection.ClearPool(connection);
        var clock = Stopwatch.StartNew();
        using var moment = new ManualResetEventSlim();
        while (true)
        {
            try
            {
                ExecuteInMaster($"DROP DATABASE [{_name}]");
                return;
            }
            catch (SqlException exception) when (
                exception.Message.Contains("currently in use", StringComparison.Ordinal) && clock.Elapsed < SessionsEnd)
            {
                moment.Wait(TimeSpan.FromMilliseconds(100), CancellationToken.None);
            }
        }
    }

    private string ConnectionStringOf(string database) =>
        new SqlConnectionStringBuilder(_server) { InitialCatalog = database }.ConnectionString;

    private static SqlConnection Connect(string connectionString)
    {
        var connection = new SqlConnection(connectionString);
        connection.Open();
        return connection;
    }

    private void ExecuteInMaster(string sql)
    {
        using var connection = Connect(ConnectionStringOf("master"));
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names that this class makes.
        command.CommandText = sql;
#pragma warning restore CA2100
        lock (OneAtATime) command.ExecuteNonQuery();
    }
}
