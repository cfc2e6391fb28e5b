using Microsoft.Extensions.Logging;
using Zotify.Logging.Handlers;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Dispatch;

/// <summary>No caller waits for ever for a flush that the shutdown gives up.</summary>
[TestClass]
public sealed class AbandonedFlushTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [DataRow(FlushTo.Disk)]
    [DataRow(FlushTo.Database)]
    public async Task A_flush_of_a_batch_that_the_end_abandons_fails(FlushTo target)
    {
        var stuck = new StuckHandler();
        var test = new ServiceUnderTest { ShutdownTimeout = TimeSpan.Zero }.With(stuck);
        test.Logger().LogInformation("in its hand");
        var flush = test.Service.FlushAsync(target, CancellationToken.None);
        await stuck.Entered.Task;
        var behind = test.Service.FlushAsync(target, CancellationToken.None);
        await test.Service.DisposeAsync();
        foreach (var abandoned in new[] { flush, behind })
            await Assert.ThrowsExactlyAsync<ObjectDisposedException>(() => abandoned.WaitAsync(Longest, TimeProvider.System, Cancellation));
    }

    [TestMethod]
    [DataRow(FlushTo.Disk)]
    [DataRow(FlushTo.Database)]
    public async Task A_flush_that_its_handler_does_not_end_fails_with_the_end(FlushTo target)
    {
        var handler = new EndlessFlush();
        var test = new ServiceUnderTest { ShutdownTimeout = TimeSpan.Zero }.With(handler);
        test.Logger().LogInformation("written");
        var flush = test.Service.FlushAsync(target, CancellationToken.None);
        await handler.Entered.Task;
        await test.Service.DisposeAsync();
        await Assert.ThrowsExactlyAsync<ObjectDisposedException>(() => flush.WaitAsync(Longest, TimeProvider.System, Cancellation));
    }

    /// <summary>Its flush never returns, whoever cancels it.</summary>
    private sealed class EndlessFlush : BaseLogHandler
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected internal override ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken) => default;

        protected internal override ValueTask FlushAsync(CancellationToken cancellationToken)
        {
            Entered.TrySetResult();
            return new ValueTask(new TaskCompletionSource().Task);
        }
    }
}
