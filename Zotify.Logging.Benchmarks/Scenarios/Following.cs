using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Zotify.Logging.Benchmarks.Contenders;
using Zotify.Logging.Benchmarks.Harness;

namespace Zotify.Logging.Benchmarks.Scenarios;

/// <summary>
/// Arguments: an address, subscribers, events, and the port to connect to when all have subscribed. Reads all events several times, until
/// each subscriber has the last one, and notifies the port each time. Only the last time counts; the others are the warm-up.
/// </summary>
internal sealed class Following : IScenario
{
    private const int BufferSize = 16 * 1024;

    private static readonly byte[] Last = Encoding.ASCII.GetBytes(Serving.Last);

    public async Task<Figures> RunAsync(string folder, string[] arguments)
    {
        var address = new Uri(arguments[0]);
        var subscribers = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var events = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        var sockets = new List<Socket>();
        for (var i = 0; i < subscribers; i++) sockets.Add(await OpenAsync(address));
        using var gate = new TcpClient();
        await gate.ConnectAsync(IPAddress.Loopback, int.Parse(arguments[3], CultureInfo.InvariantCulture));
        for (var i = 0; i < Serving.WarmUps; i++)
        {
            await ReadAllToLastAsync(sockets);
            await gate.GetStream().WriteAsync(new byte[1]);
        }

        var clock = Stopwatch.StartNew();
        await ReadAllToLastAsync(sockets);
        var seconds = clock.Elapsed.TotalSeconds;
        foreach (var socket in sockets) socket.Dispose();
        return new Figures { ["events/s to all"] = (double)subscribers * events / seconds };
    }

    /// <summary>
    /// A bare socket and HTTP/1.0, whose answer has no chunks: the subscribers must not take processor time from the server.
    /// </summary>
    private static async Task<Socket> OpenAsync(Uri address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address.Host, address.Port);
        var request =
            $"GET {address.PathAndQuery} HTTP/1.0\r\nHost: {address.Authority}\r\nX-API-Key: {ZotifyEventServer.Key}\r\nAccept: "
                + "text/event-stream\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(request));
        var head = new byte[BufferSize];
        var length = await socket.ReceiveAsync(head);
        if (!head.AsSpan(0, length).StartsWith("HTTP/1.1 200 "u8))
            throw new InvalidOperationException(Encoding.ASCII.GetString(head, 0, length));
        return socket;
    }

    private static Task ReadAllToLastAsync(IEnumerable<Socket> sockets) =>
        Task.WhenAll(sockets.Select(socket => Task.Run(() => ReadToLastAsync(socket))));

    private static async Task ReadToLastAsync(Socket socket)
    {
        var buffer = new byte[BufferSize];
        var kept = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(kept));
            if (read == 0) throw new EndOfStreamException();
            var filled = kept + read;
            if (buffer.AsSpan(0, filled).IndexOf(Last) >= 0) return;
            // The text may lie across two reads.
            kept = Math.Min(filled, Last.Length - 1);
            buffer.AsSpan(filled - kept, kept).CopyTo(buffer);
        }
    }
}
