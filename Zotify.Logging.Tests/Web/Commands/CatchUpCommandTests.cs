using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Web.Commands;

namespace Zotify.Logging.Tests.Web.Commands;

[TestClass]
public sealed class CatchUpCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    private string Database => _folder.PathOf("logs/zotify.db");

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    [TestMethod]
    public async Task It_makes_the_database_of_a_directory_that_had_none_and_interrupts_what_was_left_running()
    {
        await using (var host = await HostAsync(("Logging:Zotify:Database:Provider", "None")))
        {
            host.Logger().LogInformation(new EventId(1, "job.started"), "Started {JobId}", "left");
            host.Logger().LogInformation(new EventId(2, "user.login"), "User {user_id} logged in", "u1");
        }

        var files = Files();
        Assert.AreEqual(0, await RunAsync(), _error.ToString());
        Assert.AreEqual("", _error.ToString());
        Assert.AreEqual(1, DatabaseFile.Scalar(Database, "SELECT COUNT(*) FROM jobs WHERE job_id = 'left' AND status = 'interrupted'"));
        Assert.AreEqual(3, DatabaseFile.Scalar(Database, "SELECT COUNT(*) FROM audit_events"), "audit.started, user.login, audit.stopped");
        Assert.AreEqual(2, DatabaseFile.Scalar(Database, "SELECT COUNT(*) FROM journals WHERE instance = 'shop-1/shop'"), "their writer's");
        CollectionAssert.AreEqual(files, Files(), "it writes nothing into the logs");

        Assert.AreEqual(0, await RunAsync(), "there is nothing to do any more");
        await using var again = await HostAsync();
        await again.FlushAsync(FlushTo.Database, Cancellation);
        Assert.AreEqual(4, again.Scalar("SELECT COUNT(*) FROM audit_events"));
        Assert.AreEqual("", again.Stderr.ToString());
    }

    [TestMethod]
    public async Task A_directory_that_is_not_there_is_an_error_and_stays_away()
    {
        Assert.AreEqual(1, await RunAsync());
        StringAssert.Contains(_error.ToString(), $"Logging:Zotify:Directory: '{_folder.PathOf("logs")}'", StringComparison.Ordinal);
        Assert.IsEmpty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [TestMethod]
    public async Task A_database_that_fails_is_an_error()
    {
        await using (var host = await HostAsync(("Logging:Zotify:Database:Provider", "None"))) host.Logger().LogInformation("{JobId}", "a");
        await File.WriteAllTextAsync(_folder.PathOf("blocked"), "a file where a folder is expected", Cancellation);
        Assert.AreEqual(1, await RunAsync("--Logging:Zotify:Database:ConnectionString=Data Source=../blocked/zotify.db"));
        StringAssert.StartsWith(
            _error.ToString(), "The database does not have everything. The journal audit.log.json cannot be projected: ",
            StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Without_a_database_there_is_nothing_to_catch_up()
    {
        Assert.AreEqual(2, await RunAsync("--Logging:Zotify:Database:Provider=None"));
        Assert.Contains("Logging:Zotify:Database:Provider is None", _error.ToString());
    }

    [TestMethod]
    public async Task Its_help_says_what_it_needs_and_how_it_ends()
    {
        Assert.AreEqual(0, await RunAsync("--help"));
        Assert.Contains("catch-up", _output.ToString());
        Assert.Contains("Logging:Zotify:Directory", _output.ToString());
    }

    private async Task<TestHost> HostAsync(params (string Key, string? Value)[] settings) => await TestHost.In(
        new DirectoryInfo(_folder.Path), [("Logging:Zotify:Instance", "shop-1/shop"), .. settings]).StartAsync(Cancellation);

    /// <summary>The content of the logs' files.</summary>
    private string[] Files() =>
        [
            .. Directory.GetFiles(_folder.PathOf("logs"), "*.json*").Order(StringComparer.Ordinal)
                .Select(path => $"{path}\n{File.ReadAllText(path)}"),
        ];

    private Task<int> RunAsync(params string[] args) => CommandLine.RunAsync(
        ["database", "catch-up", $"--contentRoot={_folder.Path}", .. args],
        _ => throw new InvalidOperationException("The program was started."), _output, _error, Cancellation);
}
