using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Zotify.Logging.SqlServer;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>A database of the tests on a server, created and dropped by plain statements.</summary>
internal sealed class SqlServerDatabase
{
    /// <summary>Held while a database or a login is created or dropped: the stand-in fails where two are at once.</summary>
    public static readonly Lock OneAtATime = new();

    // The name by which the server knows the tests' own connections.
    private const string Tests = "zotify tests";

    // TRUNCATE TABLE starts the numbers again, but not where a foreign key refers to the table.
    private const string RemoveRows =
        """
        TRUNCATE TABLE audit_text_pages;
        TRUNCATE TABLE audit_text_runs;
        TRUNCATE TABLE audit_counts;
        TRUNCATE TABLE audit_events;
        TRUNCATE TABLE job_logs;
        TRUNCATE TABLE jobs;
        TRUNCATE TABLE instances;
        ALTER TABLE audit_events DROP CONSTRAINT FK_audit_events_journals_journal_id;
        ALTER TABLE job_logs DROP CONSTRAINT FK_job_logs_journals_journal_id;
        TRUNCATE TABLE journals;
        ALTER TABLE audit_events ADD CONSTRAINT FK_audit_events_journals_journal_id FOREIGN KEY (journal_id) REFERENCES journals (id);
        ALTER TABLE job_logs ADD CONSTRAINT FK_job_logs_journals_journal_id FOREIGN KEY (journal_id) REFERENCES journals (id);
        """;

    private static readonly TimeSpan SessionsEnd = TimeSpan.FromMinutes(3);

    private readonly string _name =
        $"zotify_test_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N", CultureInfo.InvariantCulture)}";

    private readonly string _server;

    private SqlServerDatabase(string server) => _server = server;

    /// <summary>Creates one without tables.</summary>
    /// <param name="server">The connection string of the server.</param>
    public static SqlServerDatabase Create(string server)
    {
        var database = new SqlServerDatabase(server);
        database.ExecuteInMaster($"CREATE DATABASE [{database._name}]");
        if (StandIn.IsUsed) database.Execute(StandIn.FindAllColumns);
        return database;
    }

    /// <summary>The connection string.</summary>
    public string ConnectionString => ConnectionStringOf(_name);

    /// <summary>The connection string of the tests' own connections, which stay open in the driver's pool.</summary>
    public string PooledConnectionString => ConnectionStringOf(_name, Tests);

    /// <summary>A connection of the tests, as SQL people have it.</summary>
    public SqlConnection Connect() => Connect(_name);

    /// <summary>Runs statements, each over the same connection.</summary>
    public void Execute(params IEnumerable<string> statements)
    {
        using var connection = Connect();
        foreach (var statement in statements) Execute(connection, statement);
    }

    /// <summary>Creates the tables of this version.</summary>
    public void CreateTables() =>
        Execute(SqlServerMigration.Batches(SqlServerMigration.Script(new SqlServerSchema(null), ConnectionString)));

    /// <summary>Removes all rows. The next ones get the numbers from 1 on.</summary>
    public void Clear() => Execute(RemoveRows);

    /// <summary>Waits until nobody but the tests is connected to it: a server takes a moment to end a session.</summary>
    /// <param name="areClosed">Whether the product has closed what it opened over the tests' connections.</param>
    public void WaitUntilUnused(Func<bool> areClosed)
    {
        using var connection = Connect("master");
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT COUNT(*) FROM sys.dm_exec_sessions WHERE database_id = DB_ID(@name) AND program_name <> @tests";
        command.Parameters.AddWithValue("@name", _name);
        command.Parameters.AddWithValue("@tests", Tests);
        var clock = Stopwatch.StartNew();
        using var moment = new ManualResetEventSlim();
        while (!areClosed() || command.ExecuteScalar() is not 0)
        {
            Assert.IsLessThan(SessionsEnd, clock.Elapsed, "a connection is still open");
            moment.Wait(TimeSpan.FromMilliseconds(5), CancellationToken.None);
        }
    }

    /// <summary>Drops it.</summary>
    public void Drop()
    {
        using (var connection = new SqlConnection(PooledConnectionString)) SqlConnection.ClearPool(connection);
        ExecuteInMaster($"DROP DATABASE [{_name}]");
    }

    private static void Execute(SqlConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements of the tests.
        command.CommandText = statement;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private SqlConnection Connect(string database)
    {
        var connection = new SqlConnection(ConnectionStringOf(database, Tests));
        connection.Open();
        return connection;
    }

    private void ExecuteInMaster(string statement)
    {
        using var master = Connect("master");
        using var command = master.CreateCommand();
#pragma warning disable CA2100 // A name that this class makes.
        command.CommandText = statement;
#pragma warning restore CA2100
        lock (OneAtATime) Ended.Execute(command);
    }

    private string ConnectionStringOf(string database, string? application = null)
    {
        var settings = new SqlConnectionStringBuilder(_server) { InitialCatalog = database };
        if (application is not null) settings.ApplicationName = application;
        return settings.ConnectionString;
    }
}
