using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Handlers;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Capture;

/// <summary>
/// A message may be rendered after its call, but only where nothing that happens meanwhile can change it, and it reads as if it had been
/// rendered in the call.
/// </summary>
[TestClass]
public sealed class PlainMessageTests
{
    // As the source generator of Microsoft.Extensions.Logging writes them. In this project another generator replaces it: that of
    // Microsoft.Extensions.Telemetry, whose states are reused.
    private static readonly Action<ILogger, int, int, string, Exception?> Downloaded =
        LoggerMessage.Define<int, int, string>(LogLevel.Information, 1, "Track {Done}/{Total} of {Album} downloaded");

    private static readonly Action<ILogger, decimal, DateTime, DayOfWeek, string?, Exception?> Paid =
        LoggerMessage.Define<decimal, DateTime, DayOfWeek, string?>(LogLevel.Information, 2, "Paid {Sum:N2} at {At} on {Day} by {Who}");

    private static readonly Action<ILogger, int, Exception?> Misformatted =
        LoggerMessage.Define<int>(LogLevel.Information, 3, "Order {Order:Q}");

    private static readonly Action<ILogger, string, string, Exception?> SignedIn =
        LoggerMessage.Define<string, string>(LogLevel.Information, 4, "{User} signed in with {Password}");

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task The_callers_culture_and_the_consumers_make_no_difference()
    {
        var german = CultureInfo.GetCultureInfo("de-DE");
        var handler = new TextHandler();
        await using var test = new ServiceUnderTest().With(handler);
        var logger = test.Logger();
        string expected = "";
        var at = new DateTime(2026, 11, 30, 1, 2, 3);
        OnThreadWith(german, () => Paid(new RenderingLogger(text => expected = text), 1234.5m, at, DayOfWeek.Monday, null, null));
        OnThreadWith(german, () => Paid(logger, 1234.5m, at, DayOfWeek.Monday, null, null));
        await test.Service.FlushAsync(FlushTo.Disk, TestContext.CancellationToken);

        Assert.AreEqual("Paid 1,234.50 at 11/30/2026 01:02:03 on Monday by (null)", expected);
        Assert.AreEqual(expected, handler.Texts.Single());
    }

    [TestMethod]
    public async Task Only_microsofts_formatter_waits()
    {
        var handler = new TextHandler { Gate = new(TaskCreationOptions.RunContinuationsAsynchronously) };
        await using var test = new ServiceUnderTest().With(handler);
        var prefix = "first";
        var wrapping = new WrappingLogger(test.Logger(), text => $"{prefix}: {text}");
        Downloaded(wrapping, 1, 2, "Kind of Blue", null);
        prefix = "second";
        Downloaded(test.Logger(), 2, 2, "Kind of Blue", null);
        handler.Gate.SetResult();
        await test.Service.FlushAsync(FlushTo.Disk, TestContext.CancellationToken);

        CollectionAssert.AreEqual(
            (string[])["first: Track 1/2 of Kind of Blue downloaded", "Track 2/2 of Kind of Blue downloaded"], handler.Texts.ToArray());
    }

    [TestMethod]
    public async Task Records_that_a_handler_keeps_read_the_same_for_ever()
    {
        var keeping = new CollectingHandler { Wants = LogParts.Message };
        var pooling = new TextHandler();
        await using var test = new ServiceUnderTest().With(keeping).With(pooling);
        var logger = test.Logger();
        for (var round = 0; round < 20; round++)
        {
            for (var i = 0; i < 100; i++) Downloaded(logger, (100 * round) + i, 2_000, "Kind of Blue", null);
            await test.Service.FlushAsync(FlushTo.Disk, TestContext.CancellationToken);
        }

        var expected = Enumerable.Range(0, 2_000).Select(i => $"Track {i}/2000 of Kind of Blue downloaded").ToList();
        CollectionAssert.AreEqual(expected, keeping.Messages.ToList());
        CollectionAssert.AreEqual(expected, pooling.Texts.ToList());
    }

    [TestMethod]
    public async Task Every_call_of_many_threads_keeps_its_own_text()
    {
        const int Threads = 4, Calls = 5_000;
        var handler = new TextHandler();
        await using var test = new ServiceUnderTest().With(
            handler, new LogHandlerOptions { Overflow = OverflowMode.Wait, QueueCapacity = 100, MaxBatchSize = 30 });
        var logger = test.Logger();
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(
            () =>
            {
                for (var i = 0; i < Calls; i++) Downloaded(logger, i, thread, $"{thread}-{i}", null);
            }, TestContext.CancellationToken)));
        await test.Service.FlushAsync(FlushTo.Disk, TestContext.CancellationToken);

        var expected = from thread in Enumerable.Range(0, Threads)
            from i in Enumerable.Range(0, Calls)
            select $"Track {i}/{thread} of {thread}-{i} downloaded";
        CollectionAssert.AreEquivalent(expected.ToList(), handler.Texts.ToList());
    }

    [TestMethod]
    public async Task A_format_that_fails_yields_the_template_with_the_values()
    {
        var handler = new TextHandler();
        await using var test = new ServiceUnderTest().With(handler);
        Misformatted(test.Logger(), 4711, null);
        await test.Service.FlushAsync(FlushTo.Disk, TestContext.CancellationToken);

        StringAssert.Contains(handler.Texts.Single(), "4711", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task A_secret_does_not_wait()
    {
        var handler = new TextHandler();
        await using var test = new ServiceUnderTest().With(handler);
        SignedIn(test.Logger(), "u42", "geheim", null);
        await test.Service.FlushAsync(FlushTo.Disk, TestContext.CancellationToken);

        Assert.AreEqual("u42 signed in with [REDACTED]", handler.Texts.Single());
    }

    [TestMethod]
    public async Task A_long_text_is_cut_in_the_call_and_counts_against_the_queue()
    {
        var handler = new TextHandler { Gate = new(TaskCreationOptions.RunContinuationsAsynchronously) };
        await using var test = new ServiceUnderTest().With(
            handler, new LogHandlerOptions { QueueBytes = 200_000, Overflow = OverflowMode.Drop, MaxBatchSize = 1 });
        var logger = test.Logger();
        Downloaded(logger, 1, 2, new string('x', 10_000_000), null);
        for (var i = 0; i < 1_000; i++) Downloaded(logger, i, 2, new string('y', 900), null);

        var status = test.Status();
        Assert.IsGreaterThan(0, status.Dropped[DropReason.QueueFull]);
        Assert.IsLessThan(200_001, status.QueuedBytes);
        handler.Gate.SetResult();
        await test.Service.FlushAsync(FlushTo.Disk, TestContext.CancellationToken);
        StringAssert.EndsWith(handler.Texts.First(), "characters]", StringComparison.Ordinal);
    }

    private static void OnThreadWith(CultureInfo culture, Action action)
    {
        var thread = new Thread(() => action()) { CurrentCulture = culture };
        thread.Start();
        thread.Join();
    }

    /// <summary>Keeps texts alone, as the library's own handlers do: its records return to the pool.</summary>
    private sealed class TextHandler : BaseLogHandler
    {
        public ConcurrentQueue<string> Texts { get; } = new();

        public TaskCompletionSource? Gate { get; init; }

        public override LogParts Needs => LogParts.Message;

        internal override bool RetainsRecords => false;

        protected internal override async ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken)
        {
            if (Gate is not null) await Gate.Task.WaitAsync(cancellationToken);
            foreach (var record in batch) Texts.Enqueue(record.Message);
        }
    }

    /// <summary>Renders in the call, as a plain provider does.</summary>
    private sealed class RenderingLogger(Action<string> onText) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            onText(formatter(state, exception));
    }

    /// <summary>Passes calls on with a formatter of its own, as enriching loggers do.</summary>
    private sealed class WrappingLogger(ILogger inner, Func<string, string> wrap) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            inner.Log(logLevel, eventId, state, exception, (s, e) => wrap(formatter(s, e)));
    }
}
