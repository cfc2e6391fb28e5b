using System.Globalization;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

/// <summary>A quiet stream through a proxy that cuts what is silent: each item arrives once, also what was logged while it was away.</summary>
[TestClass]
public sealed class ProxyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [DataRow("/api/logs/system/stream?category=Quiet&tail=0")]
    [DataRow("/api/logs/audit/stream?event_type=user.quiet&tail=0")]
    [DataRow("/api/logs/jobs/quiet/stream?tail=0")]
    public async Task A_stream_that_is_cut_before_its_first_item_misses_nothing(string path)
    {
        await using var server = await new TestServer { Settings = [TestServer.WithoutRequests] }.StartAsync(Cancellation);
        Log(server, -1);
        await server.FlushAsync(Cancellation);
        string position;
        using (var cut = await RawStream.OpenAsync(server.Url, path, null, Cancellation)) position = await cut.StartAsync(Cancellation);
        Log(server, 0);
        using var again = await RawStream.OpenAsync(server.Url, path, position, Cancellation);
        Assert.AreEqual(position, await again.StartAsync(Cancellation), "who is cut once more goes on from the same place");
        Assert.AreEqual("0", again.Receive(await again.EventAsync(Cancellation)));
    }

    [TestMethod]
    [Timeout(600_000, CooperativeCancellation = true)]
    [DataRow("/api/logs/system/stream?category=Quiet&tail=0")]
    [DataRow("/api/logs/audit/stream?event_type=user.quiet&tail=0")]
    [DataRow("/api/logs/jobs/quiet/stream?tail=0")]
    public async Task A_stream_that_is_cut_at_random_moments_has_each_item_once(string path)
    {
        await using var server = await new TestServer { Settings = [TestServer.WithoutRequests] }.StartAsync(Cancellation);
        Log(server, -1);
        await server.FlushAsync(Cancellation);
        await using var proxy = await NginxProxy.StartAsync(server.Url, Patience, Cancellation);
        var random = new Random(20261130);
        var cuts = 10 * TestScale.Factor;
        string? position = null;
        var (next, logged) = (0, 0);
        for (var cut = 0; cut < cuts; cut++)
        {
            using var stream = await OpenAsync(proxy, path, position);
            // None, one or a few items, and then silence: the proxy cuts it. Some of them only while it is away.
            for (var count = random.Next(3); count > 0; count--) Log(server, logged++);
            next = await ReadToTheCutAsync(stream, next, position is not null && random.Next(4) == 0 ? random.Next(40) : null);
            Assert.IsNotNull(stream.Position, "no position came before the cut");
            position = stream.Position;
            for (var count = random.Next(3); count > 0; count--) Log(server, logged++);
        }

        using var last = await OpenAsync(proxy, path, position);
        Log(server, logged++);
        while (next < logged) Assert.AreEqual(Message(next++), last.Receive(await last.EventAsync(Cancellation)));
        TestContext.WriteLine($"{logged} items, {cuts} cuts");
    }

    private async Task<RawStream> OpenAsync(NginxProxy proxy, string path, string? position)
    {
        while (true)
        {
            try
            {
                return await RawStream.OpenAsync(proxy.Url, path, position, Cancellation);
            }
            catch (HttpRequestException)
            {
                // On a busy machine even the head may take longer than the proxy waits.
            }
        }
    }

    /// <summary>Reads until the proxy cuts the stream, or for some milliseconds. Returns the number of the item that comes next.</summary>
    private async Task<int> ReadToTheCutAsync(RawStream stream, int next, int? milliseconds)
    {
        using var life = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        if (milliseconds is { } most) life.CancelAfter(most);
        try
        {
            while (true)
            {
                var item = await stream.EventAsync(life.Token);
                Assert.AreEqual(Message(next), stream.Receive(item));
                next++;
            }
        }
        catch (Exception exception) when (exception is EndOfStreamException or SocketException or OperationCanceledException)
        {
            Cancellation.ThrowIfCancellationRequested();
            return next;
        }
    }

    private static string Message(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Log(TestServer server, int number)
    {
        var logger = server.Logger("Quiet");
        using (logger.BeginScope(new Dictionary<string, object> { ["job_id"] = "quiet" }))
            logger.LogInformation(new EventId(1, "user.quiet"), "{Message}", Message(number));
    }
}
