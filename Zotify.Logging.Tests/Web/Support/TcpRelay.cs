using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Zotify.Logging.Tests.Web.Support;

/// <summary>
/// A fixed address that leads to a server wherever it listens at the moment, or nowhere. So two servers can know each other before both
/// have started, and one can be away without giving its port to somebody else.
/// </summary>
internal sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Socket, bool> _sockets = [];
    private readonly Task _accepting;
    private int _target;

    public TcpRelay()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Leads to a server from now on.</summary>
    public void LeadTo(string url) => Volatile.Write(ref _target, new Uri(url).Port);

    /// <summary>Cuts all connections, and leads nowhere.</summary>
    public void Cut()
    {
        Volatile.Write(ref _target, 0);
        CloseAll();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        CloseAll();
        await _accepting;
        _end.Dispose();
        _listener.Dispose();
    }

    private void CloseAll()
    {
        foreach (var socket in _sockets.Keys) socket.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                _ = RelayAsync(await _listener.AcceptSocketAsync(_end.Token));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task RelayAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using (client)
        {
            _sockets[client] = _sockets[server] = true;
            try
            {
                if (Volatile.Read(ref _target) is not (> 0 and var port)) return;
                await server.ConnectAsync(IPAddress.Loopback, port, _end.Token);
                // Whichever side ends, both do.
                await Task.WhenAny(CopyAsync(client, server), CopyAsync(server, client));
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // It was cut.
            }
            finally
            {
                _sockets.TryRemove(client, out _);
                _sockets.TryRemove(server, out _);
            }
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _end.Token) is > 0 and var read)
                for (var sent = 0; sent < read;) sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), _end.Token);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // It was cut.
        }
    }
}
