using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Queries.Live;

/// <summary>A subscriber that reads a stream item by item. An item that does not come fails the test after three minutes.</summary>
internal sealed class BlockSubscriber<TEntry>(IAsyncEnumerable<LogBlock<TEntry>> blocks) : IAsyncDisposable
{
    private readonly CancellationTokenSource _cancellation = new(TimeSpan.FromMinutes(3));
    private readonly Queue<LogItem<TEntry>> _items = [];
    private IAsyncEnumerator<LogBlock<TEntry>>? _blocks;
    private Task<bool>? _pending;

    /// <summary>The last block.</summary>
    public LogBlock<TEntry>? Block { get; private set; }

    private IAsyncEnumerator<LogBlock<TEntry>> Blocks => _blocks ??= blocks.GetAsyncEnumerator(_cancellation.Token);

    /// <summary>Starts reading the next block. Returns whether it has already arrived.</summary>
    public bool Ask() => (_pending ??= Blocks.MoveNextAsync().AsTask()).IsCompleted;

    /// <summary>Reads the first block, which is empty, and starts reading the next, so that the stream is at the end.</summary>
    public async Task FirstBlockAsync()
    {
        await MoveNextAsync();
        Ask();
    }

    /// <summary>The next item that is no heartbeat: a busy machine may take longer than the time between two of them.</summary>
    public async Task<LogItem<TEntry>> NextAsync()
    {
        while (await HasNextAsync())
        {
            if (_items.Dequeue() is not LogHeartbeat<TEntry> and var item) return item;
        }

        throw new AssertFailedException("The stream has ended.");
    }

    /// <summary>The next item, heartbeats included. Advances the clock until it arrives.</summary>
    public async Task<LogItem<TEntry>> NextAsync(FakeTimeProvider time, TimeSpan step)
    {
        while (_items.Count == 0)
        {
            if (Ask())
            {
                if (!await MoveNextAsync()) throw new AssertFailedException("The stream has ended.");
                continue;
            }

            time.Advance(step);
            await Task.WhenAny(_pending!, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, _cancellation.Token));
            _cancellation.Token.ThrowIfCancellationRequested();
        }

        return _items.Dequeue();
    }

    /// <summary>The next item that is no heartbeat: a slow database may let the clock advance past one.</summary>
    public async Task<LogItem<TEntry>> NextRecordAsync(FakeTimeProvider time, TimeSpan step)
    {
        while (true)
        {
            if (await NextAsync(time, step) is not LogHeartbeat<TEntry> and var item) return item;
        }
    }

    /// <summary>What <paramref name="map"/> makes of each of the next items that are no heartbeats.</summary>
    public async Task<TResult[]> NextAsync<TResult>(int count, Func<LogItem<TEntry>, TResult> map)
    {
        var results = new List<TResult>();
        while (results.Count < count) results.Add(map(await NextAsync()));
        return [.. results];
    }

    /// <summary>All further items except heartbeats, until the stream ends by itself.</summary>
    public async Task<List<LogItem<TEntry>>> RestAsync()
    {
        var rest = new List<LogItem<TEntry>>();
        while (await HasNextAsync())
        {
            if (_items.Dequeue() is not LogHeartbeat<TEntry> and var item) rest.Add(item);
        }

        return rest;
    }

    public async ValueTask DisposeAsync()
    {
        await _cancellation.CancelAsync();
        if (_pending is not null) await Task.WhenAny(_pending);
        if (_blocks is not null) await _blocks.DisposeAsync();
        _cancellation.Dispose();
    }

    private async Task<bool> HasNextAsync()
    {
        while (_items.Count == 0)
        {
            if (!await MoveNextAsync()) return false;
        }

        return true;
    }

    private async Task<bool> MoveNextAsync()
    {
        Ask();
        var pending = _pending!;
        _pending = null;
        if (!await pending) return false;
        Block = Blocks.Current;
        foreach (var item in Block.Items) _items.Enqueue(item);
        return true;
    }
}
