using Microsoft.Data.Sqlite;
using Zotify.Logging.Tests.Database.SqlServer;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Web.Commands;

namespace Zotify.Logging.Tests.Web.Commands;

[TestClass]
public sealed class DatabaseCommandTests : IDisposable
{
    private const string SqlServer = "--Logging:Zotify:Database:Provider=SqlServer";

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public required TestContext TestContext { get; set; }

    private string FilePath => _folder.PathOf("zotify.db");

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    [TestMethod]
    public async Task Migrate_makes_the_tables_and_may_be_run_again()
    {
        Assert.AreEqual(0, await RunAsync("migrate"), _error.ToString());
        Assert.AreEqual(0, await RunAsync("migrate"), _error.ToString());

        Assert.AreEqual(0, DatabaseFile.Scalar(FilePath, "SELECT COUNT(*) FROM job_logs"));
        Assert.IsFalse(Directory.Exists(_folder.PathOf("logs")), "it is no writer of the directory");
    }

    [TestMethod]
    public async Task Script_prints_what_makes_the_tables_and_touches_nothing()
    {
        Assert.AreEqual(0, await RunAsync("script"), _error.ToString());

        Assert.IsEmpty(Directory.GetFileSystemEntries(_folder.Path));
        await using var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        await connection.OpenAsync(TestContext.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = _output.ToString();
        await command.ExecuteNonQueryAsync(TestContext.CancellationToken);
        await command.ExecuteNonQueryAsync(TestContext.CancellationToken);
        Assert.AreEqual(0, await RunAsync("migrate"), _error.ToString());
        Assert.AreEqual(0, DatabaseFile.Scalar(FilePath, "SELECT COUNT(*) FROM jobs"));
    }

    [TestMethod]
    public async Task Script_for_a_server_needs_no_server()
    {
        Assert.AreEqual(
            0,
            await RunAsync("script", SqlServer, "--Logging:Zotify:Database:ConnectionString=Server=nowhere;Database=zotify"),
            _error.ToString());

        using var database = new RecordingServer().Open();
        Assert.AreEqual(database.Script(), _output.ToString());
    }

    [TestMethod]
    public async Task A_server_that_is_away_is_one_line_and_an_exit_code()
    {
        var exitCode = await RunAsync(
            "migrate", SqlServer, "--Logging:Zotify:Database:ConnectionString=Server=127.0.0.1,1;Database=zotify;Connect Timeout=1");

        Assert.AreEqual(1, exitCode);
        StringAssert.StartsWith(_error.ToString(), "The tables are as they were. ", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("drop")]
    [DataRow("migrate script")]
    public async Task Arguments_that_are_not_understood_are_reported_and_change_nothing(string command)
    {
        Assert.AreEqual(2, await RunAsync(command.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        StringAssert.Contains(_error.ToString(), "--help", StringComparison.Ordinal);
        Assert.IsEmpty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [TestMethod]
    public async Task A_configuration_that_is_not_valid_is_reported_by_its_key()
    {
        Assert.AreEqual(2, await RunAsync("migrate", SqlServer));
        StringAssert.Contains(_error.ToString(), "Logging:Zotify:Database:ConnectionString: ", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task A_database_of_a_newer_version_is_one_line_and_an_exit_code()
    {
        Assert.AreEqual(0, await RunAsync("migrate"), _error.ToString());
        DatabaseFile.Execute(FilePath, "INSERT INTO zotify_schema (name, recorded_at) VALUES ('9999_Later', '')");

        Assert.AreEqual(1, await RunAsync("migrate"));

        StringAssert.StartsWith(
            _error.ToString(), "The tables are as they were. The database is of a newer version", StringComparison.Ordinal);
        Assert.Contains("9999_Later", _error.ToString());
    }

    [TestMethod]
    [DataRow("migrate")]
    [DataRow("script")]
    public async Task Without_a_database_there_is_nothing_to_bring_up_to_date(string command)
    {
        Assert.AreEqual(2, await RunAsync(command, "--Logging:Zotify:Database:Provider=None"));
        Assert.Contains("Logging:Zotify:Database:Provider is None", _error.ToString());
        Assert.IsEmpty(Directory.GetFileSystemEntries(_folder.Path));
    }

    private Task<int> RunAsync(params string[] args)
    {
        string[] all =
        [
            "database",
            $"--contentRoot={_folder.Path}",
            $"--Logging:Zotify:Database:ConnectionString=Data Source={FilePath}",
            .. args
        ];
        return CommandLine.RunAsync(
            all, _ => throw new InvalidOperationException("The program was started."), _output, _error, TestContext.CancellationToken);
    }
}
