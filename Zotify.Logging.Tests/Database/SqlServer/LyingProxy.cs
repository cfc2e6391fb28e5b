using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.SqlClient;

namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>
/// Stands between the driver and the server, and falsifies answers of the server: the driver then throws whatever it throws. It falsifies
/// no statement, and notes the kind of each. Thread-safe.
/// </summary>
internal sealed class LyingProxy : IAsyncDisposable
{
    private const int HeaderSize = 8;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly (string Host, int Port) _server;
    private readonly Task _accepting;
    private readonly Lock _gate = new();
    private ProxyLie? _lie;
    private bool _always;

    public LyingProxy(string connectionString)
    {
        var address = new SqlConnectionStringBuilder(connectionString).DataSource.Split(':')[^1].Split(',');
        _server = (address[0], int.Parse(address[1], CultureInfo.InvariantCulture));
        _listener.Start();
        ConnectionString = new SqlConnectionStringBuilder(connectionString)
        {
            DataSource = $"127.0.0.1,{((IPEndPoint)_listener.LocalEndpoint).Port}", ConnectRetryCount = 0, ConnectTimeout = 120, Pooling = true,
        }.ConnectionString;
        _accepting = AcceptAsync();
    }

    /// <summary>The connection string of the server behind the proxy.</summary>
    public string ConnectionString { get; }

    /// <summary>The requests of the driver, in order: each costs a round trip.</summary>
    public ConcurrentQueue<TdsRequest> Requests { get; } = new();

    /// <summary>How many answers were falsified.</summary>
    public int Lies { get; private set; }

    /// <summary>Falsifies the next answer, or all of them until <see cref="BeHonest"/>.</summary>
    public void Lie(ProxyLie lie, bool always = false)
    {
        lock (_gate) (_lie, _always) = (lie, always);
    }

    /// <summary>Forwards all answers as they are.</summary>
    public void BeHonest()
    {
        lock (_gate) _lie = null;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(ForwardAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }

        await Task.WhenAll(connections);
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(_server.Host, _server.Port, _stop.Token);
                using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
                await Task.WhenAny(
                    AskAsync(client.GetStream(), server.GetStream(), end.Token),
                    AnswerAsync(server.GetStream(), client.GetStream(), end.Token));
                await end.CancelAsync();
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
            {
                // One side has closed the connection.
            }
        }
    }

    private async Task AskAsync(NetworkStream client, NetworkStream server, CancellationToken cancellationToken)
    {
        var packets = new TdsPackets();
        var buffer = new byte[64 * 1024];
        while (await client.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            foreach (var request in packets.Read(buffer.AsSpan(0, count))) Requests.Enqueue(request);
            await server.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }
    }

    private async Task AnswerAsync(NetworkStream server, NetworkStream client, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        while (await server.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            var lie = NextLie();
            var answer = buffer.AsMemory(0, count);
            await client.WriteAsync(lie is { } which ? Falsified(answer, which) : answer, cancellationToken);
            if (lie is not null) return;
        }
    }

    private ProxyLie? NextLie()
    {
        lock (_gate)
        {
            var lie = _lie;
            if (lie is not null) Lies++;
            if (!_always) _lie = null;
            return lie;
        }
    }

    private static ReadOnlyMemory<byte> Falsified(Memory<byte> answer, ProxyLie lie)
    {
        var bytes = answer.Span;
        var payload = bytes[Math.Min(HeaderSize, bytes.Length)..];
        switch (lie)
        {
            case ProxyLie.Cut:
                return answer[..(answer.Length / 2)];
            case ProxyLie.Nothing:
                return default;
            case ProxyLie.TooShort:
                (bytes[2], bytes[3]) = (0, 4);
                break;
            case ProxyLie.UnknownTokens:
                payload.Fill(0x02);
                break;
            case ProxyLie.WrongCounts:
                // The first byte says what follows; the next ones how much.
                if (payload.Length > 1) payload[1..Math.Min(payload.Length, 9)].Fill(0xF3);
                break;
        }

        return answer;
    }
}
