using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Zotify.Logging.Tests.Web.Support;

/// <summary>
/// A client of a stream on a bare socket: it can be killed at any moment, and a thousand of them are cheap. It uses HTTP/1.0, where the
/// answer is not chunked and ends with the connection.
/// </summary>
internal sealed class RawStream : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
        // Closed as by a client that crashed, without a goodbye.
        LingerState = new LingerOption(true, 0),
    };

    private byte[] _buffer = new byte[8 * 1024];
    private int _start;
    private int _end;

    private RawStream()
    {
    }

    /// <summary>Opens a stream of events, and returns when its head has arrived.</summary>
    public static async Task<RawStream> OpenAsync(string url, string path, string? lastEventId, CancellationToken cancellationToken)
    {
        var stream = new RawStream();
        try
        {
            var address = new Uri(url);
            await stream._socket.ConnectAsync(address.Host, address.Port, cancellationToken);
            var last = lastEventId is null ? "" : $"Last-Event-ID: {lastEventId}\r\n";
            var request =
                $"GET {path} HTTP/1.0\r\nHost: {address.Authority}\r\nX-API-Key: {TestServer.AllKey}\r\nAccept: "
                    + $"text/event-stream\r\n{last}\r\n";
            await stream._socket.SendAsync(Encoding.ASCII.GetBytes(request), cancellationToken);
            var head = Encoding.ASCII.GetString((await stream.ReadUntilAsync("\r\n\r\n"u8.ToArray(), cancellationToken)).Span);
            StringAssert.StartsWith(head, "HTTP/1.1 200 ", StringComparison.Ordinal);
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The next whole event, or comment, without the empty line at its end; valid until the next one.</summary>
    /// <exception cref="EndOfStreamException">The server ended the stream.</exception>
    public ValueTask<ReadOnlyMemory<byte>> EventAsync(CancellationToken cancellationToken) => ReadUntilAsync(EventEnd, cancellationToken);

    /// <summary>The message of an event of the system log, and its id.</summary>
    public static (string Id, string Message) Entry(ReadOnlyMemory<byte> bytes)
    {
        var lines = Encoding.UTF8.GetString(bytes.Span).Split('\n');
        Assert.HasCount(2, lines, string.Join('|', lines));
        return (lines[0]["id: ".Length..], JsonElement.Parse(lines[1]["data: ".Length..]).GetProperty("message").GetString()!);
    }

    public void Dispose() => _socket.Dispose();

    private static byte[] EventEnd { get; } = "\n\n"u8.ToArray();

    private async ValueTask<ReadOnlyMemory<byte>> ReadUntilAsync(byte[] mark, CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start.._end).IndexOf(mark);
            if (length >= 0)
            {
                var found = _buffer.AsMemory(_start, length);
                _start += length + mark.Length;
                return found;
            }

            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0) throw new EndOfStreamException();
            _end += read;
        }
    }
}
