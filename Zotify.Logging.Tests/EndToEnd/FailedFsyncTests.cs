using System.Globalization;
using System.Net;
using System.Text.Json;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.EndToEnd;

/// <summary>The web project on a system whose fdatasync of the audit log fails for a while: <c>strace</c> injects the error.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class FailedFsyncTests
{
    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    private string Trace => _folder.PathOf("trace");

    [TestInitialize]
    public void Initialize()
    {
        if (!Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "strace"))))
            Assert.Inconclusive("strace is not installed (Debian: apt-get install strace).");
    }

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    [Timeout(180_000, CooperativeCancellation = true)]
    public async Task Durable_calls_throw_none_acknowledged_is_lost_and_the_log_goes_on_in_a_new_segment()
    {
        // Counted for each thread: the first fsyncs of the logging and the committing threads succeed, and so do the ninth.
        await using var web = Run("fdatasync", "3..8");
        using var client = new HttpClient { BaseAddress = await AddressAsync(web) };
        var acknowledged = new List<string>();
        var (refused, unready, n) = (0, 0, 0);
        while (refused == 0 || acknowledged.Count < 20)
        {
            var text = (++n).ToString(CultureInfo.InvariantCulture);
            await web.WriteLineAsync(text, Cancellation);
            var answer = await web.ReadLineAsync(Cancellation);
            if (answer == AuditedWeb.Acknowledged)
            {
                acknowledged.Add(text);
                continue;
            }

            StringAssert.Contains(answer, "Input/output error (errno 5)", StringComparison.Ordinal);
            refused++;
            // Until it is repaired. Requested all the while, so that a short time is seen, too.
            while (await StatusAsync(client) == HttpStatusCode.ServiceUnavailable) unready++;
        }

        Assert.AreEqual(HttpStatusCode.OK, await StatusAsync(client));
        Assert.AreNotEqual(0, unready);
        web.CloseInput();
        var (exitCode, _, error) = await web.EndAsync(Cancellation);
        Assert.AreEqual(0, exitCode, error);
        StringAssert.Contains(error, "the journal goes on in a new segment", StringComparison.Ordinal);
        Assert.Contains("(INJECTED)", File.ReadAllText(Trace));
        Assert.IsGreaterThan(1, Segments().Length);
        CollectionAssert.IsSubsetOf(acknowledged, Texts());
        TestContext.WriteLine(
            $"{n} calls, {refused} refused, {acknowledged.Count} acknowledged, {unready} answers 503, {Segments().Length} segments");
    }

    [TestMethod]
    [Timeout(180_000, CooperativeCancellation = true)]
    public async Task Where_every_flush_fails_nothing_is_acknowledged_and_the_program_ends()
    {
        // The segment's first fsync, at the start, succeeds; those of the logging thread all fail.
        await using var web = Run("fdatasync", "2+");
        using var client = new HttpClient { BaseAddress = await AddressAsync(web) };
        var answers = new List<string>();
        for (var n = 0; n < 20; n++)
        {
            await web.WriteLineAsync("x", Cancellation);
            answers.Add(await web.ReadLineAsync(Cancellation));
        }

        // The first of each thread succeeds.
        Assert.IsLessThan(3, answers.Count(answer => answer == AuditedWeb.Acknowledged));
        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, await StatusAsync(client));
        web.CloseInput();
        var (_, _, error) = await web.EndAsync(Cancellation);
        StringAssert.Contains(error, "did not reach the disk", StringComparison.Ordinal);
    }

    private ChildProcess Run(string call, string when)
    {
        var audit = _folder.PathOf("logs/audit.log.json");
        return ChildProcess.RunThrough<AuditedWeb>(
            [
                "strace",
                "-f",
                "--seccomp-bpf",
                "-o",
                Trace,
                "-P",
                audit,
                "-e",
                $"trace={call}",
                "-e",
                $"inject={call}:error=EIO:when={when}"
            ],
            _folder.Path,
            "--urls=http://127.0.0.1:0",
            $"--contentRoot={_folder.Path}",
            "--Logging:Zotify:Handlers:Audit:Acknowledge=Durable",
            "--Logging:Console:LogLevel:Default=None");
    }

    /// <summary>Its address. Before it comes a sign-in link.</summary>
    private async Task<Uri> AddressAsync(ChildProcess web)
    {
        while (true)
        {
            var line = await web.ReadLineAsync(Cancellation);
            if (line.StartsWith("http://", StringComparison.Ordinal)) return new Uri(line);
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var response = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), CancellationToken.None);
        return response.StatusCode;
    }

    private string[] Segments() => Directory.GetFiles(_folder.PathOf("logs"), "audit.log.*json");

    private string[] Texts() =>
        [.. Segments().SelectMany(File.ReadAllLines).Select(line => JsonElement.Parse(line))
            .Where(line => line.GetProperty("event_type").GetString() == "user.login")
            .Select(line => line.GetProperty("details").GetProperty("text").GetString()!)];
}
