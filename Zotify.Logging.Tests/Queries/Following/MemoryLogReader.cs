using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Queries.Following;

internal sealed class MemoryLogReader(MemoryLog log, string position) : ILogReader<MemoryLogItem>
{
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How much an item counts for.</summary>
    public const int ItemSize = 100;

    public string Position { get; private set; } = position;

    /// <summary>How many items it read.</summary>
    public int Read { get; private set; }

    /// <summary>Whether it was made to read for all.</summary>
    public bool ReadsAll { get; private set; }

    public Task Disposed => _disposed.Task;

    public bool MayHaveMore() => true;

    /// <summary>Comes back at once, as a log does that tells of news by itself and has some.</summary>
    public Task WaitAsync(TimeProvider time, CancellationToken cancellationToken) =>
        log.HasNews ? Task.CompletedTask : Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);

    public ValueTask<LogBlock<MemoryLogItem>?> ReadAsync(CancellationToken cancellationToken)
    {
        if (ReadsAll) log.Reading();
        if (log.Fault is not null) throw log.Fault;
        var items = log.After(Position);
        if (items.Length == 0) return default;
        var start = Position;
        Read += items.Length;
        Position = items[^1].Position;
        return new(new LogBlock<MemoryLogItem>(start, Position, items, items.Length * ItemSize));
    }

    public void ReadAll() => ReadsAll = true;

    public void Dispose() => _disposed.TrySetResult();
}
