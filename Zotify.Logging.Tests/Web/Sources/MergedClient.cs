using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.AspNetCore.Sources;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Web.Sources;

/// <summary>A client of a merged stream. What takes longer than five minutes fails the test.</summary>
internal sealed class MergedClient : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new(TimeSpan.FromMinutes(5));
    private readonly IAsyncEnumerator<LogBlock<SystemLogEntry>> _blocks;
    private readonly Queue<LogItem<SystemLogEntry>> _items = [];
    private Task<bool>? _pending;

    public MergedClient(MergedLog log, SystemLogQuery query, params string[] instances) =>
        _blocks = log.ReadBlocksAsync(query, log.Select(instances, []), _end.Token).GetAsyncEnumerator();

    public MergedClient(MergedStream stream) => _blocks = stream.ReadAsync(_end.Token).GetAsyncEnumerator();

    /// <summary>The cursor after everything that it got.</summary>
    public string? Cursor { get; private set; }

    /// <summary>The last block that it got.</summary>
    public LogBlock<SystemLogEntry> Block => _blocks.Current;

    /// <summary>The next item, heartbeats left out. Moves the clock until it is there.</summary>
    public async Task<LogItem<SystemLogEntry>> NextAsync(FakeTimeProvider time) =>
        await MoveNextAsync(time) ? Take() : throw new AssertFailedException("The stream has ended.");

    /// <summary>
    /// The texts of the next items: the message, <c>~</c> before it where it is late; of a source that is away, its name and why.
    /// </summary>
    public async Task<string> TextAsync(FakeTimeProvider time, int count)
    {
        var texts = new List<string>();
        for (var i = 0; i < count; i++) texts.Add(Text(await NextAsync(time)));
        return string.Join(' ', texts);
    }

    /// <summary>The texts of all further items, to the end of the stream.</summary>
    public async Task<string> RestAsync(FakeTimeProvider time)
    {
        var texts = new List<string>();
        while (await MoveNextAsync(time)) texts.Add(Text(Take()));
        return string.Join(' ', texts);
    }

    /// <summary>Waits until it gets what comes: then the stream has its first cursor, and has given out what there was.</summary>
    public async Task OpenAsync(FakeTimeProvider time)
    {
        while (Cursor is null) await StepAsync(time);
    }

    public static string Text(LogItem<SystemLogEntry> item) => item switch
    {
        SystemLogEntry entry => $"{(entry.Late ? "~" : "")}{entry.Message}",
        SourceChange { Reason: null } back => $"{back.Name} back",
        SourceChange away => $"{away.Name} away: {away.Reason}",
        LogGap<SystemLogEntry> gap => $"gap of {gap.Instance}",
        _ => item.ToString(),
    };

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        if (_pending is not null) await Task.WhenAny(_pending);
        await _blocks.DisposeAsync();
        _end.Dispose();
    }

    private LogItem<SystemLogEntry> Take()
    {
        var item = _items.Dequeue();
        Cursor = item.Cursor;
        return item;
    }

    private async Task<bool> MoveNextAsync(FakeTimeProvider time)
    {
        while (_items.Count == 0)
        {
            if (!await StepAsync(time)) return false;
        }

        return true;
    }

    /// <summary>Waits for the next block, or moves the clock on a little.</summary>
    private async Task<bool> StepAsync(FakeTimeProvider time)
    {
        _pending ??= _blocks.MoveNextAsync().AsTask();
        while (!_pending.IsCompleted)
        {
            _end.Token.ThrowIfCancellationRequested();
            await Task.WhenAny(_pending, Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System));
            if (!_pending.IsCompleted) time.Advance(TimeSpan.FromMilliseconds(20));
        }

        var hasBlock = await _pending;
        _pending = null;
        if (!hasBlock) return false;
        if (_blocks.Current is { Items.Count: 0, End: var end }) Cursor = end;
        foreach (var item in _blocks.Current.Items)
        {
            if (item is not LogHeartbeat<SystemLogEntry>) _items.Enqueue(item);
        }

        return true;
    }
}
