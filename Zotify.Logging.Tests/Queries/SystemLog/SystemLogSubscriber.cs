using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Queries.SystemLog;

/// <summary>A stream of the system log, read item by item. What does not come within half a minute fails the test.</summary>
internal sealed class SystemLogSubscriber : IAsyncDisposable
{
    private readonly CancellationTokenSource _cancellation = new(TimeSpan.FromSeconds(30));
    private readonly IAsyncEnumerator<LogItem<SystemLogEntry>> _items;
    private Task<bool>? _pending;

    public SystemLogSubscriber(SystemLogTail tail, SystemLogQuery? query = null) =>
        _items = tail.ReadAsync(query ?? new SystemLogQuery(), _cancellation.Token).GetAsyncEnumerator();

    /// <summary>Asks for the next item, so that the stream stands at the end of what there is; whether it already came.</summary>
    public bool Ask() => (_pending ??= _items.MoveNextAsync().AsTask()).IsCompleted;

    /// <summary>The next item.</summary>
    public async Task<LogItem<SystemLogEntry>> NextAsync() =>
        await MoveNextAsync() ? _items.Current : throw new AssertFailedException("The stream has ended.");

    /// <summary>The next item, with the clock going on by <paramref name="step"/> until it comes.</summary>
    public async Task<LogItem<SystemLogEntry>> NextAsync(FakeTimeProvider time, TimeSpan step)
    {
        while (!Ask())
        {
            time.Advance(step);
            await Task.WhenAny(_pending!, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, _cancellation.Token));
            _cancellation.Token.ThrowIfCancellationRequested();
        }

        return await NextAsync();
    }

    /// <summary>
    /// The messages of the next entries; anything else fails, but heartbeats, and the rest of an exception that was still
    /// being written when its entry was read.
    /// </summary>
    public async Task<string[]> MessagesAsync(int count)
    {
        var messages = new List<string>();
        while (messages.Count < count)
        {
            var item = await NextAsync();
            if (item is not (LogHeartbeat<SystemLogEntry> or SystemLogEntry { Timestamp: null, Exception: not null }))
                messages.Add(((SystemLogEntry)item).Message!);
        }

        return [.. messages];
    }

    /// <summary>The rest, until the stream ends by itself.</summary>
    public async Task<List<LogItem<SystemLogEntry>>> RestAsync()
    {
        var items = new List<LogItem<SystemLogEntry>>();
        while (await MoveNextAsync()) items.Add(_items.Current);
        return items;
    }

    public void Cancel() => _cancellation.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _cancellation.CancelAsync();
        if (_pending is not null) await Task.WhenAny(_pending);
        await _items.DisposeAsync();
        _cancellation.Dispose();
    }

    private async Task<bool> MoveNextAsync()
    {
        Ask();
        var pending = _pending!;
        _pending = null;
        return await pending;
    }
}
