using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Queries.Following;

internal sealed class MemoryLogReader(MemoryLog log, string position) : ILogReader<int>
{
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How much an item counts for.</summary>
    public const int ItemSize = 100;

    public string Cursor { get; private set; } = position;

    /// <summary>How many items it read.</summary>
    public int Read { get; private set; }

    /// <summary>Whether it was made to read for all.</summary>
    public bool HasNoFilter { get; private set; }

    public Task Disposed => _disposed.Task;

    public bool MayHaveMore() => true;

    /// <summary>Comes back at once, as a log does that tells of news by itself and has some.</summary>
    public Task WaitAsync(TimeProvider time, CancellationToken cancellationToken) =>
        log.HasNews ? Task.CompletedTask : Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);

    public ValueTask<LogBlock<int>?> ReadAsync(CancellationToken cancellationToken)
    {
        if (HasNoFilter) log.Reading();
        if (log.Fault is not null) throw log.Fault;
        var items = log.After(Cursor);
        if (items.Length == 0) return default;
        var start = Cursor;
        Read += items.Length;
        Cursor = items[^1].Cursor;
        return new(new LogBlock<int>(start, Cursor, items, items.Length * ItemSize));
    }

    public void RemoveFilter() => HasNoFilter = true;

    public void Dispose() => _disposed.TrySetResult();
}
