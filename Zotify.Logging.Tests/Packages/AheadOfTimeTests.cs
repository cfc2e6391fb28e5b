using System.Text;
using System.Text.Json;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Deployment;
using Zotify.Logging.Tests.Journal.Verification;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.Packages;

/// <summary>
/// A console program with the package, compiled ahead of time, in <c>Packages/AheadOfTime</c>: published once, and run.
/// </summary>
[TestClass]
public sealed class AheadOfTimeTests
{
    // The native compiler is slow on a busy machine.
    private const int TestTimeout = 600_000;

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_native_program_writes_all_three_logs_and_its_database()
    {
        await PublishAsync();
        var (exitCode, output, error) = await RunAsync();
        Assert.AreEqual((0, ""), (exitCode, error), output);
        string[] expected = ["own 00:00:02 Loud 4 a+b 7+8 y: The order failed", "events 3 job completed 2 followed 3 log Valid"];
        CollectionAssert.AreEqual(expected, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        SystemLogIsWhole(await File.ReadAllTextAsync(Kept("zotify_api.log"), Cancellation));
        AuditLogIsProven(await File.ReadAllLinesAsync(Kept("audit.log.json"), Cancellation));
        Assert.HasCount(2, await File.ReadAllLinesAsync(Kept("job_logs.json"), Cancellation));
        Assert.AreEqual(3, DatabaseFile.Scalar(Kept("zotify.db"), "SELECT count(*) FROM audit_events WHERE user_id = 'u1'"));
        Assert.AreEqual(2, DatabaseFile.Scalar(Kept("zotify.db"), "SELECT count(*) FROM job_logs WHERE job_id = 'j1'"));
        Assert.AreEqual(2, DatabaseFile.Scalar(Kept("zotify.db"), "SELECT progress_total FROM jobs WHERE status = 'completed'"));
        await FaultsStopTheStartAsync();
    }

    private static void SystemLogIsWhole(string log)
    {
        StringAssert.Contains(log, "[DBG] - App.Orders[0] Opened with [REDACTED] for Ann", StringComparison.Ordinal);
        StringAssert.Contains(
            log, "Set [pin, [REDACTED]], [tone, Quiet] and [pin, [REDACTED]], [door, place 34]", StringComparison.Ordinal);
        StringAssert.Contains(log, "System.InvalidOperationException: out of stock", StringComparison.Ordinal);
        StringAssert.Contains(log, "System.ArgumentException: no such item", StringComparison.Ordinal);
        Assert.DoesNotContain("never written", log);
    }

    private static void AuditLogIsProven(string[] lines)
    {
        Assert.HasCount(3, lines.Where(line => line.Contains("\"event_type\":\"order.placed\"", StringComparison.Ordinal)));
        var last = JsonElement.Parse(lines.Last(line => line.Contains("order.placed", StringComparison.Ordinal)));
        Assert.AreEqual(3, last.GetProperty("details").GetProperty("amount").GetInt32());
        var key = new HashKey("new", Encoding.UTF8.GetBytes("second"));
        CollectionAssert.AreEqual(Forger.Seal(lines.Select(Forger.Content), new byte[32], key), lines);
    }

    private async Task FaultsStopTheStartAsync()
    {
        const string own = "Logging:Zotify:Handlers:Own";
        var (exitCode, output, _) = await RunAsync($"--{own}:Deep:Level=1", $"--{own}:Pause=soon", $"--{own}:Plase=1");
        Assert.AreEqual(2, exitCode, output);
        StringAssert.Contains(output, $"{own}:Deep: a trimmed program cannot bind Deep; ", StringComparison.Ordinal);
        StringAssert.Contains(output, $"{own}:Pause: 'soon' is not valid; use a time span", StringComparison.Ordinal);
        StringAssert.Contains(output, $"{own}:Plase: there is no such option; known here are ", StringComparison.Ordinal);
        (exitCode, output, _) = await RunAsync($"--{own}:Most=9", "--Logging:Zotify:Handlers:Jobs:FlushInterval=00:02:00");
        Assert.AreEqual(2, exitCode, output);
        StringAssert.Contains(output, $"{own}:Most: '9': The field Most must be between 1 and 5.", StringComparison.Ordinal);
        StringAssert.Contains(
            output, "FlushInterval: '00:02:00': The field FlushInterval must be between 00:00:00 and 00:01:00.", StringComparison.Ordinal);
    }

    private async Task PublishAsync()
    {
        if (!OperatingSystem.IsLinux() || !IsInstalled("clang"))
            Assert.Inconclusive("The native compiler's linker is missing: on Debian, clang and zlib1g-dev.");
        var feed = await PackedFeed.FolderAsync();
        foreach (var file in Directory.GetFiles(Repository.PathOf("Zotify.Logging.Tests/Packages/AheadOfTime")))
            File.Copy(file, _folder.PathOf(Path.GetFileName(file)));
        var source = $"<configuration><packageSources><add key=\"packed\" value=\"{feed}\" /></packageSources></configuration>";
        await File.WriteAllTextAsync(_folder.PathOf("nuget.config"), source, Cancellation);
        var output = await Tool.RunAsync(
            _folder.Path, Cancellation, "publish", "--output", "out", $"-p:ProviderVersion={PackedFeed.Version}");
        var warnings = output.Split('\n')
            .Where(line => line.Contains("warning IL", StringComparison.Ordinal) && line.Contains("Zotify", StringComparison.Ordinal));
        Assert.AreEqual("", string.Join('\n', warnings));
    }

    private static bool IsInstalled(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    private string Kept(string file) => _folder.PathOf($"out/kept/{file}");

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await using var program = ChildProcess.OfNative(_folder.PathOf("out/App"), _folder.PathOf("out"), arguments);
        return await program.EndAsync(Cancellation);
    }
}
