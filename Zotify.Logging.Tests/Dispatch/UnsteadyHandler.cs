using Zotify.Logging.Handlers;

namespace Zotify.Logging.Tests.Dispatch;

/// <summary>
/// A handler with every fault: by turns it throws an exception that is retried, throws one that is not, stalls, logs through the logger
/// that feeds it, inside and in the background, and sometimes writes a batch.
/// </summary>
internal sealed class UnsteadyHandler(int seed) : BaseLogHandler
{
    private readonly Random _random = new(seed);
    private readonly Lock _gate = new();

    /// <summary>The logger that it logs through; <see langword="null"/> for a silent handler.</summary>
    public Action? Echo { get; set; }

    /// <summary>Records that it wrote, by its own count.</summary>
    public long Taken { get; private set; }

    public TaskCompletionSource Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected internal override async ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken)
    {
        // Stalls for as long as others have work.
        for (var turns = Next(50); turns > 0; turns--) await Task.Yield();
        var fate = Next(8);
        if (fate < 3 && Echo is { } echo)
        {
            echo();
            await Task.Run(echo, CancellationToken.None);
        }

        if (fate == 0) throw new IOException("comes again");
        if (fate == 1) throw new InvalidDataException("does not come again");
        if (fate == 2) cancellationToken.ThrowIfCancellationRequested();
        lock (_gate) Taken += batch.Count;
    }

    internal override bool TryWriteInCall(LogRecord record)
    {
        var fate = Next(8);
        if (fate == 0) throw new IOException("not written");
        lock (_gate) Taken++;
        return true;
    }

    protected internal override bool ShouldRetry(Exception exception, int attempt) =>
        exception is IOException
            || (exception is InvalidDataException && Next(20) == 0 ? throw new InvalidOperationException("cannot say") : false);

    public override ValueTask DisposeAsync()
    {
        Closed.TrySetResult();
        return base.DisposeAsync();
    }

    private int Next(int below)
    {
        lock (_gate) return _random.Next(below);
    }
}
