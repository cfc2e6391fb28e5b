using System.Buffers.Text;
using System.Globalization;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

/// <summary>Many subscribers of one log. The figures are printed: a machine that others use as well must not fail the test.</summary>
[TestClass]
public sealed class ManySubscribersTests
{
    private const int LinesPerSecond = 200;

    private static readonly int Subscribers = 50 * TestScale.Factor;
    private static readonly int Lines = LinesPerSecond * TestScale.Factor;

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [Timeout(600_000, CooperativeCancellation = true)]
    public async Task Every_subscriber_gets_every_line_once_and_in_order()
    {
        using var folder = new TemporaryFolder();
        await FollowAsync<BareStreamServer>(folder);
        await FollowAsync<LoggingStreamServer>(folder);
    }

    private async Task FollowAsync<TServer>(TemporaryFolder folder)
        where TServer : StreamServer
    {
        await using var server = ChildProcess.Run<TServer>(folder.Path);
        var url = await server.ReadLineAsync(Cancellation);
        // The first one pays for what all share.
        using var first = await OpenAsync(url);
        var before = await AskAsync(server, "memory");
        var streams = new List<RawStream> { first };
        for (var i = 1; i < Subscribers; i++) streams.Add(await OpenAsync(url));
        var delays = new Delays();
        var following = streams.Select(stream => Task.Run(() => FollowAsync(stream, delays), Cancellation)).ToList();
        var after = await AskAsync(server, $"log {Lines} {LinesPerSecond}");
        await Task.WhenAll(following);
        TestContext.WriteLine(
            $"{typeof(TServer).Name}: {Subscribers} subscribers, {Lines} lines at {LinesPerSecond}/s: delay p50 {delays.Quantile(0.5)} ms, "
                + $"p99 {delays.Quantile(0.99)} ms, "
            + $"worst {delays.Quantile(1)} ms; working set a subscriber {(after.Now - before.Now) / Subscribers / 1024} KiB, "
            + $"{(after.Collected - before.Collected) / Subscribers / 1024} KiB after a collection.");
        foreach (var stream in streams) stream.Dispose();
        server.CloseInput();
        await server.EndAsync(Cancellation);
    }

    private Task<RawStream> OpenAsync(string url) => RawStream.OpenAsync(url, new Uri(url).PathAndQuery, null, Cancellation);

    private async Task<(long Now, long Collected)> AskAsync(ChildProcess server, string command)
    {
        await server.WriteLineAsync(command, Cancellation);
        var sizes = (await server.ReadLineAsync(Cancellation))
            .Split(' ').Select(size => long.Parse(size, CultureInfo.InvariantCulture)).ToArray();
        return (sizes[0], sizes[1]);
    }

    private async Task FollowAsync(RawStream stream, Delays delays)
    {
        for (var next = 0; next < Lines;)
        {
            var item = await stream.EventAsync(Cancellation);
            if (!TryParse(item.Span, out var number, out var time)) continue;
            Assert.AreEqual(next, number);
            delays.Add(StreamServer.Time.GetElapsedTime(time));
            next++;
        }
    }

    /// <summary>
    /// Reads a line of the load from an event without decoding the rest of it, so that the clients leave the processor to the server.
    /// </summary>
    private static bool TryParse(ReadOnlySpan<byte> item, out int number, out long time)
    {
        (number, time) = (0, 0);
        var message = item.IndexOf("\"message\":\"Line "u8);
        if (message < 0) return false;
        var rest = item[(message + "\"message\":\"Line "u8.Length)..];
        return Utf8Parser.TryParse(rest, out number, out var length) && Utf8Parser.TryParse(rest[(length + 1)..], out time, out _);
    }
}
