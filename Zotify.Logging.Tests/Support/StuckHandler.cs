using Zotify.Logging.Handlers;

namespace Zotify.Logging.Tests.Support;

/// <summary>Never returns from its first batch, and ignores cancellation.</summary>
internal sealed class StuckHandler : BaseLogHandler
{
    /// <summary>Completes when the handler got its first batch.</summary>
    public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected internal override async ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken)
    {
        Entered.TrySetResult();
        await new TaskCompletionSource().Task;
    }
}
