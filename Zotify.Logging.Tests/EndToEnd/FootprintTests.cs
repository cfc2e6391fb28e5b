using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.EndToEnd;

/// <summary>Assemblies that a process does not load, because it does not need them. A real process, because the tests' own process has
/// all.</summary>
[TestClass]
public sealed class FootprintTests
{
    private const string Handlers = "--Logging:Zotify:Handlers:";

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    private string Database => _folder.PathOf("logs/zotify.db");

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public async Task A_database_is_made_written_and_read_without_EF_Core_and_the_driver_of_SQL_Server()
    {
        var loaded = await LoadedAsync("", ["audit first", "job sync-1 job.started", "project"]);
        Assert.Contains("Microsoft.Data.Sqlite", loaded);
        Assert.DoesNotContain("Microsoft.EntityFrameworkCore", loaded);
        Assert.DoesNotContain("Microsoft.Data.SqlClient", loaded);
    }

    [TestMethod]
    public async Task Without_a_database_nothing_of_SQLite_is_loaded_and_the_files_are_written()
    {
        var loaded = await LoadedAsync(
            "", ["audit first", "job sync-1 job.started", "count 0 10", "project"], "--Logging:Zotify:Database:Provider=None");

        Assert.Contains("Zotify.Logging.Provider", loaded);
        Assert.DoesNotContain("sqlite", loaded, StringComparison.OrdinalIgnoreCase);
        Assert.IsFalse(File.Exists(Database));
        Assert.Contains("first", await File.ReadAllTextAsync(_folder.PathOf("logs/audit.log.json"), Cancellation));
        Assert.Contains("sync-1", await File.ReadAllTextAsync(_folder.PathOf("logs/job_logs.json"), Cancellation));
        Assert.Contains("000000009", await File.ReadAllTextAsync(_folder.PathOf("logs/zotify_api.log"), Cancellation));
    }

    [TestMethod]
    public async Task Disabled_handlers_make_no_database_until_they_have_something_to_project()
    {
        string[] disabled = [$"{Handlers}Audit:Enabled=false", $"{Handlers}Jobs:Enabled=false"];
        Assert.AreEqual("", await LoadedAsync("SQLitePCLRaw", ["count 0 10"], disabled));
        Assert.IsFalse(File.Exists(Database));

        // The rest of the run before, if only that the audit log was opened.
        await LoadedAsync("Microsoft", ["count 10 20"], disabled);
        Assert.IsTrue(File.Exists(Database));
    }

    [TestMethod]
    [DataRow(true, DisplayName = "when one is enabled")]
    [DataRow(false, DisplayName = "when somebody waits for it")]
    public async Task The_database_begins_later(bool enabled)
    {
        const string Jobs = "Logging:Zotify:Handlers:Jobs:Enabled";
        await using var host = await new TestHost((Jobs, "false"), ("Logging:Zotify:Handlers:Audit:Enabled", "false"))
            .StartAsync(Cancellation);
        var database = host.PathOf("logs/zotify.db");
        Assert.IsFalse(File.Exists(database));

        if (enabled) host.Change((Jobs, "true"));
        else await host.FlushAsync(FlushTo.Database, Cancellation);

        while (!File.Exists(database)) await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancellation);
    }

    private async Task<string> LoadedAsync(string names, string[] commands, params string[] settings)
    {
        await using var application = ChildProcess.Run<Application>(_folder.Path, settings);
        Assert.AreEqual(Application.Started, await application.ReadLineAsync(Cancellation));
        foreach (var command in commands)
        {
            await application.WriteLineAsync(command, Cancellation);
            Assert.AreEqual(Application.Logged, await application.ReadLineAsync(Cancellation));
        }

        await application.WriteLineAsync($"loaded {names}", Cancellation);
        var loaded = await application.ReadLineAsync(Cancellation);
        application.CloseInput();
        await application.EndAsync(Cancellation);
        return loaded;
    }
}
