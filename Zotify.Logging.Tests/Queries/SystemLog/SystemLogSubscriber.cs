using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Queries.SystemLog;

/// <summary>A subscriber that reads a stream of the system log item by item. An item that takes longer than half a minute fails the
/// test.</summary>
internal sealed class SystemLogSubscriber : IAsyncDisposable
{
    private readonly CancellationTokenSource _cancellation = new(TimeSpan.FromSeconds(30));
    private readonly IAsyncEnumerator<LogItem<SystemLogEntry>> _items;
    private Task<bool>? _pending;

    public SystemLogSubscriber(SystemLogTail tail, SystemLogQuery? query = null) =>
        _items = tail.ReadAsync(query ?? new SystemLogQuery(), _cancellation.Token).GetAsyncEnumerator();

    /// <summary>Starts reading the next item, so that the stream is at the end. Returns whether it has already arrived.</summary>
    public bool Ask() => (_pending ??= _items.MoveNextAsync().AsTask()).IsCompleted;

    /// <summary>The next item.</summary>
    public async Task<LogItem<SystemLogEntry>> NextAsync() =>
        await MoveNextAsync() ? _items.Current : throw new AssertFailedException("The stream has ended.");

    /// <summary>The next item. Advances the clock by <paramref name="step"/> until it arrives.</summary>
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
    /// The messages of the next entries. Fails on any other item, except heartbeats, and the rest of an exception that was still being
    /// written when its entry was read.
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

    /// <summary>All further items, until the stream ends by itself.</summary>
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
