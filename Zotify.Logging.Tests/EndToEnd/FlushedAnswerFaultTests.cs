using System.Globalization;
using System.Net;
using System.Text.Json;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.EndToEnd;

/// <summary>Answers that wait for the disk, on a system whose calls fail for the audit log: <c>strace</c> injects the errors.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class FlushedAnswerFaultTests
{
    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestInitialize]
    public void Initialize()
    {
        if (!Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "strace"))))
            Assert.Inconclusive("strace is not installed (Debian: apt-get install strace).");
    }

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    // The commit thread flushes all of them. Its first fsyncs succeed, so that the program starts.
    [DataRow("fdatasync", "EIO", "4..6")]
    [DataRow("pwrite64", "ENOSPC", "4..9")]
    [Timeout(180_000, CooperativeCancellation = true)]
    public async Task No_answer_says_success_unless_its_event_is_on_the_disk(string call, string error, string when)
    {
        await using var web = Run(call, error, when);
        using var client = new HttpClient { BaseAddress = new Uri(await web.ReadLineAsync(Cancellation)) };
        var accepted = new List<string>();
        var refused = 0;
        for (var n = 0; refused == 0 || accepted.Count < 20; n++)
        {
            var text = n.ToString(CultureInfo.InvariantCulture);
            using var answer = await client.PostAsync(new Uri($"orders/{text}", UriKind.Relative), content: null, Cancellation);
            var body = await answer.Content.ReadAsStringAsync(Cancellation);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                Assert.AreEqual("accepted", body);
                accepted.Add(text);
                // Read at once: it must be there before the answer is.
                CollectionAssert.Contains(Texts(), text);
                continue;
            }

            Assert.AreEqual(
                HttpStatusCode.ServiceUnavailable, answer.StatusCode, string.Join('\n', Lines(_folder.PathOf("logs/zotify_api.log")).TakeLast(60)));
            Assert.AreEqual("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.DoesNotContain("accepted", body);
            refused++;
        }

        web.CloseInput();
        var (exitCode, _, stderr) = await web.EndAsync(Cancellation);
        Assert.AreEqual(0, exitCode, stderr);
        Assert.Contains("(INJECTED)", File.ReadAllText(_folder.PathOf("trace")));
        CollectionAssert.IsSubsetOf(accepted, Texts());
    }

    private ChildProcess Run(string call, string error, string when) => ChildProcess.RunThrough<FlushedWeb>(
        [
            "strace", "-f", "--seccomp-bpf", "-o", _folder.PathOf("trace"), "-P", _folder.PathOf("logs/audit.log.json"),
            "-e", $"trace={call}", "-e", $"inject={call}:error={error}:when={when}",
        ],
        _folder.Path,
        $"--contentRoot={_folder.Path}");

    private string[] Texts() =>
        [.. Directory.GetFiles(_folder.PathOf("logs"), "audit.log.*json").SelectMany(Lines).Select(line => JsonElement.Parse(line))
            .Where(line => line.GetProperty("event_type").GetString() == "user.order")
            .Select(line => line.GetProperty("details").GetProperty("text").GetString()!)];

    private static string[] Lines(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
