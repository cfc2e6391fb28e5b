using System.Text;
using System.Text.Json;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Sources;

/// <summary>A client that follows a merged stream over many connections, and goes on after the last line that it got.</summary>
/// <param name="url">The address of the server at the moment.</param>
/// <param name="checks">Whether it checks every line; otherwise it counts them, which leaves the processor to the server.</param>
internal sealed class MergedFollower(Func<string> url, bool checks)
{
    private const string Path = "/api/logs/system/stream?tail=0";

    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _id = new byte[1024];
    private int _idLength;
    private int _count;
    private long _calmSince = long.MaxValue;

    /// <summary>How many lines it got.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>How many connections it had.</summary>
    public int Connections { get; private set; }

    /// <summary>What it got.</summary>
    public MergedReads Reads { get; } = new();

    /// <summary>
    /// The delays of lines that were logged before <see cref="CalmDown"/> while it was connected, but for the first two seconds of each
    /// connection: from the time that the line has of its log call until it is here.
    /// </summary>
    public Delays Delays { get; } = new();

    /// <summary>Those of the lines that were logged afterwards.</summary>
    public Delays CalmDelays { get; } = new();

    /// <summary>Completes when it gets everything that is logged from now on.</summary>
    public Task Opened => _opened.Task;

    /// <summary>From now on, nothing is killed.</summary>
    public void CalmDown() => Volatile.Write(ref _calmSince, TimeProvider.System.GetUtcNow().UtcTicks);

    /// <summary>Follows until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException or HttpRequestException)
            {
                // The server was killed.
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
            }
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var position = _idLength == 0 ? null : Encoding.ASCII.GetString(_id, 0, _idLength);
        using var stream = await RawStream.OpenAsync(url(), Path, position, cancellationToken, buffer: 64 * 1024);
        var openedAt = TimeProvider.System.GetUtcNow().AddSeconds(2);
        Connections++;
        if (position is null) NoteId(Encoding.ASCII.GetBytes(await stream.StartAsync(cancellationToken)));
        _opened.TrySetResult();
        while (true)
        {
            if (TryTake(await stream.EventAsync(cancellationToken), openedAt)) Interlocked.Increment(ref _count);
        }
    }

    /// <summary>Takes an event that is a line, and notes its id.</summary>
    private bool TryTake(ReadOnlyMemory<byte> item, DateTimeOffset openedAt)
    {
        var end = item.Span.IndexOf((byte)'\n');
        var data = item.Span[(end + 1)..];
        if (!data.StartsWith("data: "u8)) return false;
        NoteId(item.Span["id: ".Length..end]);
        if (!checks) return true;
        var reader = new Utf8JsonReader(data["data: ".Length..]);
        var line = JsonElement.ParseValue(ref reader);
        Reads.Add(line);
        if (line.GetProperty("timestamp").ValueKind != JsonValueKind.String) return true;
        var time = line.GetProperty("timestamp").GetDateTimeOffset();
        var delay = TimeProvider.System.GetUtcNow() - time;
        if (time.UtcTicks > Volatile.Read(ref _calmSince)) CalmDelays.Add(delay);
        else if (time > openedAt) Delays.Add(delay);
        return true;
    }

    /// <summary>Notes where to go on. As bytes: a text for each of a million lines a second would take the processor from the server.</summary>
    private void NoteId(ReadOnlySpan<byte> id)
    {
        id.CopyTo(_id);
        _idLength = id.Length;
    }
}
