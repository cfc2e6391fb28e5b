using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

/// <summary>A client that is killed and comes back has every line exactly once.</summary>
[TestClass]
public sealed class StreamResumeTests
{
    private const string Path = "/api/logs/system/stream?category=Load&since=1h";
    private const int LinesPerSecond = 5_000;

    private static readonly string[] Rotations =
    [
        "Logging:Zotify:Handlers:System:MaxFileSize=65536", "Logging:Zotify:Handlers:System:RetainedFiles=100000",
        "Logging:Zotify:Handlers:System:Overflow=Wait",
        "Logging:LogLevel:Microsoft=Warning",
    ];

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [Timeout(600_000, CooperativeCancellation = true)]
    public async Task A_client_that_is_killed_at_random_moments_has_every_line_exactly_once()
    {
        await using var server = await new TestServer { Settings = Rotations }.StartAsync(Cancellation);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var logging = LogAsync(server, enough.Token);
        var random = new Random(20261124);
        var client = new ResumingClient(Path);
        var kills = 5 * TestScale.Factor;
        for (var kill = 0; kill < kills; kill++)
        {
            using var life = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            // From before the first byte to long after the end of the log.
            life.CancelAfter(TimeSpan.FromMilliseconds(random.Next(1, 400)));
            await client.ReadAsync(server.Url, _ => false, life.Token);
        }

        await enough.CancelAsync();
        var lines = await logging;
        await client.ReadAsync(server.Url, next => next == lines, Cancellation);
        Assert.AreEqual(lines, client.Next);
        TestContext.WriteLine(
            $"{lines} lines, {Directory.GetFiles(server.PathOf("logs"), "zotify_api*.log").Length} files, {kills} kills, "
                + $"{client.Connections} connections.");
    }

    [TestMethod]
    public async Task A_client_goes_on_where_it_was_after_a_restart_of_the_server()
    {
        var client = new ResumingClient(Path);
        await using var server = await new TestServer { Settings = Rotations }.StartAsync(Cancellation);
        Log(server, 0, 700);
        await client.ReadAsync(server.Url, next => next == 300, Cancellation);
        await server.RestartAsync(Cancellation);
        Log(server, 700, 700);
        await client.ReadAsync(server.Url, next => next == 1_400, Cancellation);
        Assert.AreEqual(1_400, client.Next);
    }

    [TestMethod]
    public async Task A_client_that_does_not_read_misses_nothing_and_holds_up_nobody()
    {
        await using var server = await new TestServer { Settings = Rotations }.StartAsync(Cancellation);
        using var slow = await RawStream.OpenAsync(server.Url, Path, null, Cancellation);
        var fast = new ResumingClient(Path);
        // More than the system's own buffers and the kept blocks of the log together.
        const int Lines = 40_000;
        var logging = Task.Run(() => Log(server, 0, Lines), Cancellation);
        await fast.ReadAsync(server.Url, next => next == Lines, Cancellation);
        await logging;
        var next = 0;
        while (next < Lines)
        {
            var item = await slow.EventAsync(Cancellation);
            Assert.AreEqual(ResumingClient.Message(next++), slow.Receive(item));
        }
    }

    private static void Log(TestServer server, int first, int count)
    {
        var logger = server.Logger("Load");
        for (var i = first; i < first + count; i++) logger.LogInformation("{Message}", ResumingClient.Message(i));
    }

    /// <summary>Logs at an even pace until it is enough. Returns the number of lines.</summary>
    private static Task<int> LogAsync(TestServer server, CancellationToken enough) => Task.Run(async () =>
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        var lines = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2), time);
        while (!enough.IsCancellationRequested)
        {
            var due = (int)(time.GetElapsedTime(start).TotalSeconds * LinesPerSecond);
            Log(server, lines, due - lines);
            lines = due;
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        return lines;
    }, CancellationToken.None);
}
