using Zotify.Logging.Handlers;

namespace Zotify.Logging.Tests.Support;

/// <summary>Does not return from its batch before its gate opens, and ignores cancellation.</summary>
internal sealed class StuckHandler : BaseLogHandler
{
    /// <summary>Completes when the handler got its first batch.</summary>
    public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets it return. A test may leave it closed for ever.</summary>
    public TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the handler is disposed.</summary>
    public TaskCompletionSource Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected internal override ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken)
    {
        Entered.TrySetResult();
        return new ValueTask(Gate.Task);
    }

    public override ValueTask DisposeAsync()
    {
        Closed.TrySetResult();
        return base.DisposeAsync();
    }
}
