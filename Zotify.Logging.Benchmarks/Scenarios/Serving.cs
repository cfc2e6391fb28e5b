using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Zotify.Logging.Benchmarks.Contenders;
using Zotify.Logging.Benchmarks.Floors;
using Zotify.Logging.Benchmarks.Harness;

namespace Zotify.Logging.Benchmarks.Scenarios;

/// <summary>
/// Arguments: whether the floor serves, followers, and events. Sends them all as fast as it can, as soon as all followers are there, and
/// again whenever they have them.
/// </summary>
internal sealed class Serving : IScenario
{
    /// <summary>What the last event says.</summary>
    public const string Last = "the end of it all";

    /// <summary>
    /// How often all is sent before the time counts. After the first the compiler still has a quarter of the two processors with the web
    /// project's code, of which there is more than of the floor's; what is measured is the code that a service runs for hours.
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
        // Whoever fails says so; the other one would wait for ever.
        var connected = gate.AcceptTcpClientAsync();
        await await Task.WhenAny(connected, following);
        using var follower = await connected;
        var events = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        Send(server, events);
        for (var i = 0; i < WarmUps; i++)
        {
            await await Task.WhenAny(follower.GetStream().ReadExactlyAsync(new byte[1]).AsTask(), following);
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
