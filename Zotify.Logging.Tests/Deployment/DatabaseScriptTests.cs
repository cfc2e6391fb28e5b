using System.Text.RegularExpressions;
using Microsoft.Data.SqlClient;
using Zotify.Logging.Database;
using Zotify.Logging.SqlServer;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Deployment;

/// <summary>The scripts of the composition on a live server, as its services run them.</summary>
[TestClass]
[SqlServerCondition]
public sealed partial class DatabaseScriptTests
{
    private const string Password = "Passw0rd_of_the_test's";

    // Instead of the name of the composition, for the database and the login.
    private readonly string _name = $"zotify_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public async Task DropAsync() => await RunAsync(Connection("master"), $"DROP DATABASE [{_name}]", $"DROP LOGIN [{_name}]");

    [TestMethod]
    public async Task The_login_of_the_instances_has_just_its_rights()
    {
        await CreateAsync();
        // May be run again.
        await CreateAsync();
        using (var administrator = Open(Connection(_name))) await administrator.MigrateAsync(Cancellation);
        await RunAsync(Connection(_name), [.. SqlServerMigration.Batches(Repository.Read("docker/roles.sql")).Where(IsSupported)]);

        var login = new SqlConnectionStringBuilder(Connection(_name)) { UserID = _name, Password = Password }.ConnectionString;
        using var database = Open(login);
        await (await database.OpenForWritingAsync(Cancellation)).DisposeAsync();
        await (await database.OpenForWritingAsync(DatabaseUse.Delete, Cancellation)).DisposeAsync();
        await RunAsync(login, "INSERT INTO audit_counts (hour, event_type, count) VALUES ('2026-01-01', 'user.login', 1)");
        foreach (var statement in (string[])["UPDATE audit_events SET message = 'forged'", "CREATE TABLE mine (id int)", "DROP TABLE jobs"])
            await Assert.ThrowsExactlyAsync<SqlException>(() => RunAsync(login, statement), statement);
    }

    private Task CreateAsync()
    {
        var script = Repository.Read("docker/create-database.sql").Replace("$(ZOTIFY_DB_PASSWORD)", ComposeTests.Doubled(Password), StringComparison.Ordinal);
        return RunAsync(Connection("master"), [.. SqlServerMigration.Batches(Name().Replace(script, _name)).Where(IsSupported)]);
    }

    // The stand-in reads row versions anyway, and has neither the statement for it nor the rights of a migrator.
    private static bool IsSupported(string batch) => !StandIn.IsUsed
        || (!batch.Contains("ALTER DATABASE", StringComparison.Ordinal)
            && !(batch.StartsWith("GRANT", StringComparison.Ordinal) && batch.Contains("zotify_migrator", StringComparison.Ordinal)));

    private static LoggingDatabase Open(string connectionString) => new(
        new DatabaseOptions { Provider = DatabaseProvider.SqlServer, ConnectionString = connectionString },
        Path.GetTempPath(),
        [new TestEngineFactory()]);

    private static string Connection(string database) =>
        new SqlConnectionStringBuilder(SqlServerStore.Server) { InitialCatalog = database, Pooling = false }.ConnectionString;

    private static async Task RunAsync(string connectionString, params string[] batches)
    {
        await using var connection = new SqlConnection(connectionString);
        await connection.OpenAsync();
        foreach (var batch in batches)
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The scripts of the repository.
            command.CommandText = batch;
#pragma warning restore CA2100
            // Creates and drops a database and a login.
            lock (SqlServerDatabase.OneAtATime) Ended.Execute(command);
        }
    }

    [GeneratedRegex(@"\bzotify\b")]
    private static partial Regex Name();
}
