using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

/// <summary>A client of a stream from the database that is killed and comes back has every entry exactly once.</summary>
[TestClass]
public sealed class LiveStreamResumeTests
{
    private const string JobPath = "/api/logs/jobs/load/stream";
    private const string AuditPath = "/api/logs/audit/stream?event_type=user.load&since=1h";
    private const int EntriesAtOnce = 5;

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [Timeout(600_000, CooperativeCancellation = true)]
    [DataRow(JobPath)]
    [DataRow(AuditPath)]
    public async Task A_client_that_is_killed_at_random_moments_has_every_entry_exactly_once(string path)
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        Log(server, 0, 1);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var logging = LogAsync(server, 1, enough.Token);
        var random = new Random(20261124);
        var client = new ResumingClient(path);
        var kills = 5 * TestScale.Factor;
        for (var kill = 0; kill < kills; kill++)
        {
            using var life = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            life.CancelAfter(TimeSpan.FromMilliseconds(random.Next(1, 400)));
            await client.ReadAsync(server.Url, _ => false, life.Token);
        }

        await enough.CancelAsync();
        var entries = await logging;
        await client.ReadAsync(server.Url, next => next == entries, Cancellation);
        Assert.AreEqual(entries, client.Next);
        TestContext.WriteLine($"{entries} entries, {kills} kills, {client.Connections} connections.");
    }

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public async Task A_client_goes_on_where_it_was_after_a_restart_of_the_server()
    {
        var client = new ResumingClient(JobPath);
        await using var server = await new TestServer().StartAsync(Cancellation);
        Log(server, 0, 700);
        await client.ReadAsync(server.Url, next => next == 300, Cancellation);
        await server.RestartAsync(Cancellation);
        // It was interrupted meanwhile, and continues.
        using (server.Logger("Load").BeginScope(new Dictionary<string, object> { ["job_id"] = "load" }))
            server.Logger("Load").LogInformation(new EventId(1, "job.started"), "{Message}", ResumingClient.Message(700));
        Log(server, 701, 700);
        await server.FlushAsync(Cancellation);
        await client.ReadAsync(server.Url, next => next == 1_401, Cancellation);
        Assert.AreEqual(1_401, client.Next);
    }

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    [DataRow(JobPath)]
    [DataRow(AuditPath)]
    public async Task A_client_that_does_not_read_misses_nothing_and_holds_up_nobody(string path)
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        Log(server, 0, 1);
        using var slow = await RawStream.OpenAsync(server.Url, path, null, Cancellation);
        var fast = new ResumingClient(path);
        // More than the system's own buffers and the kept blocks of the log together.
        const int Entries = 6_000;
        var logging = Task.Run(() => Log(server, 1, Entries - 1), Cancellation);
        await fast.ReadAsync(server.Url, next => next == Entries, Cancellation);
        await logging;
        for (var next = 0; next < Entries;)
        {
            var item = await slow.EventAsync(Cancellation);
            Assert.AreEqual(ResumingClient.Message(next++), slow.Receive(item));
        }
    }

    private static void Log(TestServer server, int first, int count)
    {
        var logger = server.Logger("Load");
        using var scope = logger.BeginScope(new Dictionary<string, object> { ["job_id"] = "load" });
        for (var i = first; i < first + count; i++)
            logger.LogInformation(new EventId(1, "user.load"), "{Message}", ResumingClient.Message(i));
    }

    /// <summary>Logs until it is enough. Returns the number of entries.</summary>
    private static Task<int> LogAsync(TestServer server, int first, CancellationToken enough) => Task.Run(async () =>
    {
        var next = first;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        for (; !enough.IsCancellationRequested; next += EntriesAtOnce)
        {
            Log(server, next, EntriesAtOnce);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        return next;
    }, CancellationToken.None);
}
