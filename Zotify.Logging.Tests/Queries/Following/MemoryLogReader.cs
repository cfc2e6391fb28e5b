using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Queries.Following;

internal sealed class MemoryLogReader(MemoryLog log, string position) : ILogReader<int>
{
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The size of an item.</summary>
    public const int ItemSize = 100;

    public string Cursor { get; private set; } = position;

    /// <summary>How many items it read.</summary>
    public int Read { get; private set; }

    /// <summary>Whether it became the shared reader.</summary>
    public bool HasNoFilter { get; private set; }

    public Task Disposed => _disposed.Task;

    public bool MayHaveMore() => true;

    /// <summary>Returns at once, like a log that notifies its readers and has new items.</summary>
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
