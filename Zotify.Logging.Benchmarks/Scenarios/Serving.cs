using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Zotify.Logging.Benchmarks.Contenders;
using Zotify.Logging.Benchmarks.Floors;
using Zotify.Logging.Benchmarks.Harness;

namespace Zotify.Logging.Benchmarks.Scenarios;

/// <summary>
/// Arguments: whether the floor serves, subscribers, and events. Sends all events as fast as it can when all subscribers are connected, and
/// again whenever they have all events.
/// </summary>
internal sealed class Serving : IScenario
{
    /// <summary>The message of the last event.</summary>
    public const string Last = "the end of it all";

    /// <summary>
    /// How often all events are sent before the time counts. After the first time, the compiler still takes a quarter of the two processors
    /// for the web project's code, which is larger than the floor's. The code to measure is the code that a service runs for hours.
    /// </summary>
    public const int WarmUps = 4;

    public async Task<Figures> RunAsync(string folder, string[] arguments)
    {
        await using IEventServer server = bool.Parse(arguments[0]) ? new BareEventServer() : new ZotifyEventServer();
        var address = await server.StartAsync(folder);
        using var gate = new TcpListener(IPAddress.Loopback, 0);
        gate.Start();
        var following = Child.RunAsync<Following>(
            address.ToString(), arguments[1], arguments[2], ((IPEndPoint)gate.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture));
        // If one side fails, its exception ends the wait; the other side would wait for ever.
        var connected = gate.AcceptTcpClientAsync();
        await await Task.WhenAny(connected, following);
        using var subscriber = await connected;
        var events = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        Send(server, events);
        for (var i = 0; i < WarmUps; i++)
        {
            await await Task.WhenAny(subscriber.GetStream().ReadExactlyAsync(new byte[1]).AsTask(), following);
            Send(server, events);
        }

        var figures = await following;
        figures["server's peak MiB"] = System.Diagnostics.Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0;
        return figures;
    }

    private static void Send(IEventServer server, int events)
    {
        for (var i = 1; i < events; i++)
            server.Send(string.Create(CultureInfo.InvariantCulture, $"Track {i}/{events} of Kind of Blue downloaded"));
        server.Send(Last);
    }
}
