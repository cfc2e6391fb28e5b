using System.Net;
using Zotify.Logging.Tests.Deployment;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.Documentation;

/// <summary>The programs in <c>samples</c> do what their document says.</summary>
[TestClass]
public sealed class SampleTests
{
    // A safety net.
    private const int TestTimeout = 120_000;

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task The_batch_has_its_entries_in_the_database_when_it_has_ended()
    {
        await using var batch = Start("ConsoleBatch");
        var (exitCode, output, error) = await batch.EndAsync(Cancellation);
        Assert.AreEqual((0, ""), (exitCode, error));
        StringAssert.Contains(output, "1000 rows", StringComparison.Ordinal);
        var database = _folder.PathOf("logs/zotify.db");
        Assert.AreEqual(1_002, DatabaseFile.Scalar(database, "SELECT COUNT(*) FROM job_logs"));
        Assert.AreEqual(1, DatabaseFile.Scalar(database, "SELECT COUNT(*) FROM jobs WHERE status = 'completed' AND progress_done = 1000"));
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public async Task The_worker_completes_jobs_and_its_stop_interrupts_none_silently()
    {
        await using var worker = Start("JobWorker");
        var log = _folder.PathOf("logs/zotify_api.log");
        while (!File.Exists(log) || !LiveFile.Text(log).Contains("Import completed", StringComparison.Ordinal))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
        await worker.TerminateAsync(Cancellation);
        Assert.AreEqual(0, (await worker.EndAsync(Cancellation)).ExitCode);
        Assert.AreEqual(0, DatabaseFile.Scalar(_folder.PathOf("logs/zotify.db"), "SELECT COUNT(*) FROM jobs WHERE status = 'running'"));
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task The_shop_shows_its_page_to_who_is_signed_in()
    {
        await using var shop = Start("WebShop", "--urls=http://127.0.0.1:0");
        const string prefix = "Now listening on: ";
        var line = "";
        while (!line.Contains(prefix, StringComparison.Ordinal)) line = await shop.ReadLineAsync(Cancellation);
        using var client = new HttpClient { BaseAddress = new Uri(line[(line.IndexOf(prefix, StringComparison.Ordinal) + prefix.Length)..].Trim()) };

        using var refused = await client.GetAsync("/api/logs/audit", Cancellation);
        Assert.AreEqual(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var signedIn = await client.GetAsync("/", Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, signedIn.StatusCode);
        using var changed = await client.PutAsync("/price/tea?price=3", null, Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, changed.StatusCode);
        // On a busy machine, the event may take more than the moment that an answer waits for it.
        string audit;
        do audit = await client.GetStringAsync("/api/logs/audit?event_type=config.price", Cancellation);
        while (audit.Contains("\"complete\":false", StringComparison.Ordinal));
        StringAssert.Contains(audit, "Price of tea set to 3", StringComparison.Ordinal);
        StringAssert.Contains(audit, "\"user_id\":\"ada\"", StringComparison.Ordinal);
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task The_scenario_of_sizes_prints_a_row_for_each_log()
    {
        await using var sizes = ChildProcess.Run<Sizes>(_folder.Path, "1000");
        var (exitCode, output, error) = await sizes.EndAsync(Cancellation);
        Assert.AreEqual((0, ""), (exitCode, error));
        var rows = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[2..];
        Assert.HasCount(3, rows, output);
        foreach (var row in rows) Assert.DoesNotContain(" 0.00 GB", row, StringComparison.Ordinal);
    }

    private ChildProcess Start(string sample, params string[] arguments)
    {
        // The samples are built beside the tests, with the same configuration.
        var folder = Path.GetRelativePath(Repository.PathOf("Zotify.Logging.Tests"), Path.GetDirectoryName(typeof(SampleTests).Assembly.Location)!);
        return new(Repository.PathOf($"samples/{sample}/{folder}/{sample}.dll"), _folder.Path, arguments);
    }
}
