using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Queries.SystemLog;

/// <summary>
/// A subscriber that reads a stream of the system log item by item. An item that does not come fails the test after three minutes.
/// </summary>
internal sealed class SystemLogSubscriber : IAsyncDisposable
{
    private readonly CancellationTokenSource _cancellation = new(TimeSpan.FromMinutes(3));
    private readonly IAsyncEnumerator<LogItem<SystemLogEntry>> _items;
    private Task<bool>? _pending;

    public SystemLogSubscriber(SystemLogTail tail, SystemLogQuery? query = null) =>
        _items = tail.ReadAsync(query ?? new SystemLogQuery(), _cancellation.Token).GetAsyncEnumerator();

    /// <summary>Starts reading the next item, so that the stream is at the end. Returns whether it has already arrived.</summary>
    public bool Ask() => (_pending ??= _items.MoveNextAsync().AsTask()).IsCompleted;

    /// <summary>The next item that is no heartbeat: a busy machine may take longer than the time between two of them.</summary>
    public async Task<LogItem<SystemLogEntry>> NextAsync()
    {
        while (true)
        {
            if (await NextOfAllAsync() is not LogHeartbeat<SystemLogEntry> and var item) return item;
        }
    }

    /// <summary>The next item, heartbeats included. Advances the clock by <paramref name="step"/> until it arrives.</summary>
    public async Task<LogItem<SystemLogEntry>> NextAsync(FakeTimeProvider time, TimeSpan step)
    {
        while (!Ask())
        {
            time.Advance(step);
            await Task.WhenAny(_pending!, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, _cancellation.Token));
            _cancellation.Token.ThrowIfCancellationRequested();
        }

        return await NextOfAllAsync();
    }

    /// <summary>
    /// The messages of the next entries. Fails on any other item that is no heartbeat, except the rest of an exception that was still being
    /// written when its entry was read.
    /// </summary>
    public async Task<string[]> MessagesAsync(int count)
    {
        var messages = new List<string>();
        while (messages.Count < count)
        {
            var item = await NextAsync();
            if (item is not SystemLogEntry { Timestamp: null, Exception: not null })
                messages.Add(((SystemLogEntry)item).Message!);
        }

        return [.. messages];
    }

    /// <summary>All further items except heartbeats, until the stream ends by itself.</summary>
    public async Task<List<LogItem<SystemLogEntry>>> RestAsync()
    {
        var items = new List<LogItem<SystemLogEntry>>();
        while (await MoveNextAsync())
        {
            if (_items.Current is not LogHeartbeat<SystemLogEntry>) items.Add(_items.Current);
        }

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

    private async Task<LogItem<SystemLogEntry>> NextOfAllAsync() =>
        await MoveNextAsync() ? _items.Current : throw new AssertFailedException("The stream has ended.");

    private async Task<bool> MoveNextAsync()
    {
        Ask();
        var pending = _pending!;
        _pending = null;
        return await pending;
    }
}
