using Zotify.Logging.Handlers;

namespace Zotify.Logging.Tests.Support;

/// <summary>Never comes back from its first batch, and heeds nobody who asks it to.</summary>
internal sealed class StuckHandler : BaseLogHandler
{
    /// <summary>Completes when the handler was given its first batch.</summary>
    public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected internal override async ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken)
    {
        Entered.TrySetResult();
        await new TaskCompletionSource().Task;
    }
}
