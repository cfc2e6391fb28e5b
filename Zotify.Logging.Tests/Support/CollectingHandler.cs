using System.Collections.Concurrent;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Tests.Support;

/// <summary>Keeps every record. A gate can block it, and a fault can make it throw.</summary>
internal sealed class CollectingHandler : BaseLogHandler
{
    public ConcurrentQueue<LogRecord> Records { get; } = new();

    public ConcurrentQueue<int> BatchSizes { get; } = new();

    public IEnumerable<string> Messages => Records.Select(record => record.Message);

    public LogParts Wants { get; init; } = LogParts.All;

    public override LogParts Needs => Wants;

    /// <summary>Completes when the handler got its first batch.</summary>
    public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The handler awaits it before it accepts a batch.</summary>
    public TaskCompletionSource? Gate { get; set; }

    /// <summary>Returns the exception of an attempt; <see langword="null"/> to accept the batch.</summary>
    public Func<int, Exception?> Fault { get; set; } = _ => null;

    public Func<Exception, int, bool>? Retry { get; set; }

    public Func<Exception?> StartFault { get; set; } = () => null;

    /// <summary>The handler awaits it before it has started.</summary>
    public TaskCompletionSource? StartGate { get; init; }

    /// <summary>Returns the exception of a flush, thrown before it returns a task; <see langword="null"/> to flush.</summary>
    public Func<Exception?> FlushFault { get; set; } = () => null;

    public Action? OnWrite { get; set; }

    public Action<LogRecord, DropReason>? Refused { get; set; }

    public int Attempts { get; private set; }

    public int Flushes { get; private set; }

    public bool Disposed { get; private set; }

    protected internal override async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        if (StartGate is { } gate) await gate.Task.WaitAsync(cancellationToken);
        if (StartFault() is { } fault) throw fault;
    }

    protected internal override async ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken)
    {
        Entered.TrySetResult();
        if (Gate is { } gate) await gate.Task.WaitAsync(cancellationToken);
        OnWrite?.Invoke();
        if (Fault(++Attempts) is { } fault) throw fault;
        BatchSizes.Enqueue(batch.Count);
        foreach (var record in batch) Records.Enqueue(record);
    }

    protected internal override ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (FlushFault() is { } fault) throw fault;
        Flushes++;
        return default;
    }

    protected internal override bool ShouldRetry(Exception exception, int attempt) =>
        Retry?.Invoke(exception, attempt) ?? base.ShouldRetry(exception, attempt);

    protected internal override void OnRefused(LogRecord record, DropReason reason) => Refused?.Invoke(record, reason);

    public override ValueTask DisposeAsync()
    {
        Disposed = true;
        return base.DisposeAsync();
    }
}
