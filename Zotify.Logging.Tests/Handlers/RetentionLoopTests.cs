using System.Collections.Concurrent;
using System.Threading.Channels;
using Zotify.Logging.Retention;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Handlers;

[TestClass]
public sealed class RetentionLoopTests
{
    private readonly WatchedTime _time = new();
    private readonly Runs _runs = new();
    private readonly ConcurrentQueue<string> _reports = new();

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task It_runs_at_once_when_it_is_due_and_when_it_is_woken()
    {
        await using var loop = Start();
        await _runs.NextAsync(Cancellation);
        await PassWaitAsync(_runs.Interval);
        await _runs.NextAsync(Cancellation);
        await _time.NextWaitAsync(Cancellation);
        loop.Wake();
        await _runs.NextAsync(Cancellation);
        Assert.IsEmpty(_reports);
    }

    [TestMethod]
    public async Task A_run_that_is_under_way_is_followed_by_one_for_all_wakes()
    {
        var gate = _runs.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var loop = Start();
        await _runs.NextAsync(Cancellation);
        loop.Wake();
        loop.Wake();
        loop.Wake();
        _runs.Gate = null;
        gate.SetResult();
        await _runs.NextAsync(Cancellation);
        await _time.NextWaitAsync(Cancellation);
        await _time.NextWaitAsync(Cancellation);
        Assert.AreEqual(2, _runs.Count);
    }

    [TestMethod]
    public async Task A_run_that_fails_is_reported_and_repeated_soon()
    {
        _runs.Failures = 2;
        await using var loop = Start();
        await PassWaitAsync(TimeSpan.FromMilliseconds(100));
        await PassWaitAsync(TimeSpan.FromMilliseconds(200));
        Assert.AreEqual(_runs.Interval, await _time.NextWaitAsync(Cancellation));
        Assert.AreEqual(3, _runs.Count);
        Assert.HasCount(2, _reports);
        StringAssert.Contains(_reports.First(), "0.1 s", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Its_end_cancels_a_run()
    {
        _runs.Gate = new TaskCompletionSource();
        var loop = Start();
        await _runs.NextAsync(Cancellation);
        await loop.DisposeAsync();
        Assert.IsEmpty(_reports);
        Assert.AreEqual(1, _runs.Count);
    }

    [TestMethod]
    [DataRow(null, 600)]
    [DataRow(30 * 24 * 3600, 600)]
    [DataRow(600, 60)]
    [DataRow(1, 1)]
    public void It_is_due_after_a_tenth_of_the_age_within_bounds(int? age, int seconds) =>
        Assert.AreEqual(TimeSpan.FromSeconds(seconds), RetentionInterval.For(age is { } kept ? TimeSpan.FromSeconds(kept) : null));

    private RetentionLoop Start()
    {
        var loop = new RetentionLoop(_runs, _time, (message, _) => _reports.Enqueue(message));
        loop.Start();
        return loop;
    }

    private async Task PassWaitAsync(TimeSpan expected)
    {
        Assert.AreEqual(expected, await _time.NextWaitAsync(Cancellation));
        _time.Advance(expected);
    }

    private sealed class Runs : IPruner
    {
        private readonly Channel<int> _started = Channel.CreateUnbounded<int>();
        private int _count;

        public TimeSpan Interval { get; } = TimeSpan.FromMinutes(10);

        public int Count => Volatile.Read(ref _count);

        public int Failures { get; set; }

        public TaskCompletionSource? Gate { get; set; }

        public ValueTask<int> NextAsync(CancellationToken cancellationToken) => _started.Reader.ReadAsync(cancellationToken);

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            var gate = Gate;
            var run = Interlocked.Increment(ref _count);
            _started.Writer.TryWrite(run);
            if (run <= Failures) throw new IOException("not now");
            if (gate is not null) await gate.Task.WaitAsync(cancellationToken);
        }
    }
}
