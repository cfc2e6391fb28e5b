using System.Text.Json;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.EndToEnd;

/// <summary>A log directory that was copied with its journals' ids, and two real processes over one database.</summary>
[TestClass]
public sealed class CopiedDirectoryTests
{
    private static readonly int Rounds = 4 * TestScale.Factor;

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    [Timeout(600_000, CooperativeCancellation = true)]
    public async Task Every_line_of_both_is_in_the_database_once_whichever_is_killed()
    {
        await using (var application = await StartAsync("one"))
        {
            await SendAsync(application, "audit before", "job sync-1 entry", "project", "audit in_no_database_yet", "job sync-1 entry");
            await application.KillAsync(Cancellation);
        }

        Directory.CreateDirectory(_folder.PathOf("two"));
        foreach (var file in new DirectoryInfo(_folder.PathOf("one")).GetFiles())
            file.CopyTo(Path.Combine(_folder.PathOf("two"), file.Name));
        var random = new Random(17);
        var errors = "";
        for (var round = 0; round < Rounds; round++)
        {
            await using var one = await StartAsync("one");
            await using var two = await StartAsync("two");
            await Task.WhenAll(RunAsync(one, random.Next(), round), RunAsync(two, random.Next(), round));
            // One is killed, the other one ends.
            var (killed, ended) = random.Next(2) == 0 ? (one, two) : (two, one);
            await killed.KillAsync(Cancellation);
            ended.CloseInput();
            foreach (var process in (ChildProcess[])[killed, ended]) errors += (await process.EndAsync(Cancellation)).Error;
        }

        foreach (var name in (string[])["one", "two"])
        {
            await using var application = await StartAsync(name);
            await SendAsync(application, "project");
            application.CloseInput();
            await application.EndAsync(Cancellation);
        }

        var events = Lines("audit.log").Select(line => line.GetProperty("id").GetGuid()).ToHashSet();
        Assert.AreEqual(events.Count, Scalar("SELECT COUNT(*) FROM audit_events"));
        Assert.AreEqual(events.Count, Scalar("SELECT COUNT(DISTINCT id) FROM audit_events"));
        Assert.AreEqual(events.Count, Scalar("SELECT SUM(count) FROM audit_counts"));
        // The lines that both have are equal.
        var entries = Lines("job_logs").Select(line => line.GetRawText()).ToHashSet();
        Assert.AreEqual(entries.Count, Scalar("SELECT COUNT(*) FROM job_logs"));
        Assert.AreEqual(entries.Count, Scalar("SELECT SUM(entries) FROM jobs"));
        Assert.Contains("are projected as a new journal", errors);
        TestContext.WriteLine($"{Rounds} runs of two processes: {events.Count} events and {entries.Count} entries, each once");
    }

    private async Task RunAsync(ChildProcess application, int seed, int round)
    {
        var random = new Random(seed);
        for (var i = 0; i < 5; i++)
        {
            await SendAsync(application, $"audit {round}_{i}", $"job sync-{random.Next(3)} entry");
            if (random.Next(2) == 0) await SendAsync(application, "project");
        }
    }

    private async Task<ChildProcess> StartAsync(string name)
    {
        var application = ChildProcess.Run<Application>(
            _folder.Path, $"--Logging:Zotify:Directory={_folder.PathOf(name)}", $"--Logging:Zotify:Instance={name}",
            $"--Logging:Zotify:Database:ConnectionString=Data Source={_folder.PathOf("zotify.db")}");
        Assert.AreEqual(Application.Started, await application.ReadLineAsync(Cancellation));
        return application;
    }

    private async Task SendAsync(ChildProcess application, params string[] lines)
    {
        foreach (var line in lines)
        {
            await application.WriteLineAsync(line, Cancellation);
            Assert.AreEqual(Application.Logged, await application.ReadLineAsync(Cancellation));
        }
    }

    /// <summary>The lines of a journal of both directories; common lines occur twice.</summary>
    private IEnumerable<JsonElement> Lines(string name) =>
        ((string[])["one", "two"]).SelectMany(directory => Directory.GetFiles(_folder.PathOf(directory), $"{name}*.json"))
            .SelectMany(File.ReadAllLines).Select(line => JsonElement.Parse(line));

    private long Scalar(string sql) => DatabaseFile.Scalar(_folder.PathOf("zotify.db"), sql);
}
