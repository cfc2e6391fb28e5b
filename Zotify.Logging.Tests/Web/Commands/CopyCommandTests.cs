using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Web.Commands;

namespace Zotify.Logging.Tests.Web.Commands;

[TestClass]
public sealed class CopyCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public required TestContext TestContext { get; set; }

    private string Target => _folder.PathOf("copy.db");

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    [TestMethod]
    public async Task A_service_goes_on_in_the_copy_after_the_line_that_the_source_ended_with()
    {
        await LogAsync("before", $"Data Source={_folder.PathOf("logs/zotify.db")}");

        Assert.AreEqual(0, await RunAsync("--to", $"Data Source={Target}", "--to-provider", "Sqlite"), _error.ToString());
        await LogAsync("after", $"Data Source={Target}");

        Assert.Contains("job_logs: 3 of 3", _output.ToString());
        Assert.Contains("job_logs: 3 rows, the same in both", _output.ToString());
        Assert.Contains("Logging:Zotify:Database:Provider = Sqlite", _output.ToString());
        Assert.AreEqual(6, DatabaseFile.Scalar(Target, "SELECT COUNT(*) FROM job_logs"));
        Assert.AreEqual(6, DatabaseFile.Scalar(Target, "SELECT MAX(seq) FROM job_logs"));
        Assert.AreEqual(6, DatabaseFile.Scalar(Target, "SELECT entries FROM jobs WHERE job_id = 'sync-1'"));
        Assert.AreEqual(1, DatabaseFile.Scalar(Target, "SELECT COUNT(*) FROM journals WHERE name = 'job_logs.json'"));
        // The events of the log itself: started and stopped, twice.
        Assert.AreEqual(4, DatabaseFile.Scalar(Target, "SELECT COUNT(*) FROM audit_events"));
        Assert.AreEqual(4, DatabaseFile.Scalar(Target, "SELECT MAX(seq) FROM audit_events"));
    }

    [TestMethod]
    public async Task A_directory_that_a_process_writes_is_not_copied()
    {
        await using var host = TestHost.In(new DirectoryInfo(_folder.Path));
        await host.StartAsync(TestContext.CancellationToken);
        host.Logger().LogInformation("Entry of {job_id}", "sync-1");
        await host.FlushAsync(FlushTo.Database, TestContext.CancellationToken);

        Assert.AreEqual(1, await RunAsync("--to", $"Data Source={Target}", "--to-provider", "Sqlite"));

        Assert.StartsWith("The target does not have everything. ", _error.ToString());
        Assert.IsFalse(File.Exists(Target));
    }

    [TestMethod]
    [DataRow("--to: ", "Data", "Sqlite", null)]
    [DataRow("--to: 'env:ZOTIFY_NOT_SET'", "env:ZOTIFY_NOT_SET", "Sqlite", null)]
    [DataRow("--to-schema: 'logs': SQLite has no schemas", "Data Source=copy.db", "Sqlite", "logs")]
    [DataRow("--to-schema: 'a]b'", "Server=nowhere;Database=zotify", "SqlServer", "a]b")]
    [DataRow("--to-provider: 'None'", "Data Source=copy.db", "None", null)]
    public async Task Wrong_settings_are_named_by_their_option_and_nothing_is_opened(
        string expected, string to, string provider, string? schema)
    {
        string[] arguments = ["--to", to, "--to-provider", provider, .. schema is null ? (string[])[] : ["--to-schema", schema]];

        Assert.AreEqual(2, await RunAsync(arguments));

        Assert.StartsWith(expected, _error.ToString());
        Assert.IsEmpty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [TestMethod]
    public async Task Without_a_source_there_is_nothing_to_copy()
    {
        Assert.AreEqual(1, await RunAsync("--to", $"Data Source={Target}", "--to-provider", "Sqlite"));

        Assert.StartsWith("The target does not have everything. ", _error.ToString());
        Assert.IsEmpty(Directory.GetFileSystemEntries(_folder.Path));
        Assert.AreEqual(2, await RunAsync("--to", "Data Source=copy.db", "--Logging:Zotify:Database:Provider=None"));
    }

    private async Task LogAsync(string message, string database)
    {
        await using var host = TestHost.In(
            new DirectoryInfo(_folder.Path), ("Logging:Zotify:Database:ConnectionString", database));
        await host.StartAsync(TestContext.CancellationToken);
        for (var i = 0; i < 3; i++) host.Logger().LogInformation("Entry {i} of {job_id} {message}", i, "sync-1", message);
        await host.FlushAsync(FlushTo.Database, TestContext.CancellationToken);
        await host.StopAsync(TestContext.CancellationToken);
    }

    private Task<int> RunAsync(params string[] args)
    {
        string[] all = ["database", "copy", $"--contentRoot={_folder.Path}", .. args];
        return CommandLine.RunAsync(
            all, _ => throw new InvalidOperationException("The program was started."), _output, _error, TestContext.CancellationToken);
    }
}
