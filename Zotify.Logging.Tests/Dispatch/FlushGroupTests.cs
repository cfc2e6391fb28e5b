using Microsoft.Extensions.Logging;
using Zotify.Logging.Handlers;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Dispatch;

/// <summary>Flushes that are requested at the same time are one flush of the handler, which lasts as long as somebody waits for it.</summary>
[TestClass]
public sealed class FlushGroupTests
{
    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Many_callers_share_one_flush_that_covers_all_their_records()
    {
        var handler = new GatedFlush();
        await using var test = new ServiceUnderTest().With(handler);
        var logger = test.Logger();
        logger.LogInformation("first");
        var first = test.Service.FlushAsync(FlushTo.Disk, Cancellation);
        await handler.Entered.WaitAsync(Cancellation);
        var others = Enumerable.Range(0, 64).Select(i =>
        {
            logger.LogInformation("record {Number}", i);
            return test.Service.FlushAsync(FlushTo.Disk, Cancellation);
        }).ToArray();
        handler.Gate.Release();
        await first;
        Assert.IsFalse(others.Any(other => other.IsCompleted), "a flush is complete before its records were flushed");
        await handler.Entered.WaitAsync(Cancellation);
        Assert.AreEqual(65, handler.Written);
        handler.Gate.Release();
        await Task.WhenAll(others);

        Assert.AreEqual(2, handler.Flushes);
    }

    [TestMethod]
    public async Task Callers_that_cannot_leave_wait_for_one_request_and_for_their_own_records()
    {
        var handler = new GatedFlush();
        await using var test = new ServiceUnderTest().With(handler);
        var logger = test.Logger();
        logger.LogInformation("first");
        var first = test.Service.FlushAsync(FlushTo.Disk, Cancellation);
        await handler.Entered.WaitAsync(Cancellation);
        var others = Enumerable.Range(0, 5_000).Select(i =>
        {
            logger.LogInformation("record {Number}", i);
            return test.Service.FlushAsync(FlushTo.Disk, CancellationToken.None);
        }).ToArray();
        // Not all of them: the first caller must not wait for the records of thousands of others.
        Assert.IsLessThan(20, others.Distinct().Count());
        Assert.IsGreaterThan(1, others.Distinct().Count());
        handler.Gate.Release();
        await first;
        await handler.Entered.WaitAsync(Cancellation);
        Assert.IsFalse(others.Skip(handler.Written - 1).Any(other => other.IsCompleted), "a flush is complete before its records are written");
        handler.Gate.Release(others.Length);
        await Task.WhenAll(others);

        Assert.AreEqual(5_001, handler.Written);
    }

    [TestMethod]
    public async Task A_flush_is_given_up_when_the_last_caller_leaves_and_not_before()
    {
        var handler = new GatedFlush();
        await using var test = new ServiceUnderTest().With(handler);
        test.Logger().LogInformation("first");
        var first = test.Service.FlushAsync(FlushTo.Disk, Cancellation);
        await handler.Entered.WaitAsync(Cancellation);
        using var impatient = new CancellationTokenSource();
        using var patient = new CancellationTokenSource();
        var left = test.Service.FlushAsync(FlushTo.Disk, impatient.Token);
        var waiting = test.Service.FlushAsync(FlushTo.Disk, patient.Token);
        handler.Gate.Release();
        await first;
        await handler.Entered.WaitAsync(Cancellation);

        await impatient.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => left);
        Assert.IsFalse(handler.Token.IsCancellationRequested);
        await patient.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => waiting);
        Assert.IsTrue(handler.Token.IsCancellationRequested);
    }

    [TestMethod]
    public async Task A_flush_that_fails_fails_for_all_who_asked()
    {
        var handler = new GatedFlush { Fault = new IOException("the disk is gone") };
        await using var test = new ServiceUnderTest().With(handler);
        test.Logger().LogInformation("first");
        var flushes = Enumerable.Range(0, 3).Select(_ => test.Service.FlushAsync(FlushTo.Database, Cancellation)).ToArray();
        handler.Gate.Release(3);

        foreach (var flush in flushes) Assert.AreEqual("the disk is gone", (await Assert.ThrowsAsync<IOException>(() => flush)).Message);
    }

    /// <summary>Each flush waits for the gate, or until its token is cancelled.</summary>
    private sealed class GatedFlush : BaseLogHandler
    {
        public SemaphoreSlim Entered { get; } = new(0);

        public SemaphoreSlim Gate { get; } = new(0);

        public IOException? Fault { get; init; }

        public CancellationToken Token { get; private set; }

        public int Written { get; private set; }

        public int Flushes { get; private set; }

        protected internal override ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken)
        {
            Written += batch.Count;
            return default;
        }

        protected internal override async ValueTask FlushAsync(CancellationToken cancellationToken)
        {
            Flushes++;
            Token = cancellationToken;
            Entered.Release();
            await Gate.WaitAsync(cancellationToken);
            if (Fault is not null) throw Fault;
        }
    }
}
