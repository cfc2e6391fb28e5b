using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Zotify.Logging.Capture;
using Zotify.Logging.Handlers;
using Zotify.Logging.Tests.Support;
using Pair = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Zotify.Logging.Tests.Capture;

/// <summary>A buffered record is as it was in its call, not as it would be where the buffer is flushed.</summary>
[TestClass]
public sealed class BufferedRecordTests
{
    private static readonly ActivityTraceId Trace = ActivityTraceId.CreateFromString("4bf92f3577b34da6a3ce929d0e0e4736");
    private static readonly ActivitySpanId Span = ActivitySpanId.CreateFromString("00f067aa0ba902b7");

    [TestMethod]
    public async Task Time_exception_trace_and_scopes_are_those_of_the_call()
    {
        var handler = new CollectingHandler();
        await using var test = new ServiceUnderTest().With(handler);
        var logger = Logger(test);
        using (new Activity("flush").SetIdFormat(ActivityIdFormat.W3C).Start())
        using (test.Logger().BeginScope("{flushing}", true))
        {
            logger.LogRecords(
            [
                new BufferedRecord(
                    "Paid 5 with geheim",
                    new("Amount", "5"), new("Token", "geheim"), new("{OriginalFormat}", "Paid {Amount} with {Token}"))
                {
                    Id = new EventId(7, "Paid"), Failure = "System.IO.IOException: gone\r\n   at A.B()", Trace = Trace, Span = Span,
                },
                new BufferedRecord("second"),
            ]);
        }

        await test.Service.FlushAsync(FlushTo.Disk);
        var record = handler.Records.First();
        Assert.AreEqual(Some.Time, record.Timestamp);
        Assert.AreEqual("Zotify.Tests", record.Category);
        Assert.AreEqual((LogLevel.Information, 7, "Paid"), (record.Level, record.EventId.Id, record.EventId.Name));
        Assert.AreEqual("Paid 5 with [REDACTED]", record.Message);
        CollectionAssert.AreEqual(new Pair[] { new("Amount", "5"), new("Token", "[REDACTED]") }, record.Properties.ToArray());
        Assert.AreEqual("System.IO.IOException: gone\n   at A.B()", record.Exception);
        Assert.AreEqual((Trace.ToHexString(), Span.ToHexString()), (record.TraceId, record.SpanId));
        Assert.IsEmpty(record.Scope);
        var last = handler.Records.Last();
        Assert.AreEqual((null, null, null), (last.TraceId, last.SpanId, last.Exception));
    }

    [TestMethod]
    [DataRow("boom", "boom")]
    [DataRow("boom", "System.Exception: boom", "exception.type", "System.Exception")]
    [DataRow(
        "boom", "System.Exception: boom\n   at A.B()", "exception.type", "System.Exception", "exception.stacktrace",
        "System.Exception: boom\n at A.B()")]
    [DataRow(
        "System.Exception: boom\r\n   at A.B()", "System.Exception: boom\n   at A.B()", "exception.type", "System.Exception",
        "exception.stacktrace", "at A.B()")]
    [DataRow("System.Exception: boom", "System.Exception: boom", "exception.type", "System.Exception")]
    public async Task An_exception_has_all_that_was_buffered_of_it_once(string buffered, string expected, params string[] attributes)
    {
        var handler = new CollectingHandler();
        await using var test = new ServiceUnderTest().With(handler);
        Pair[] values = [.. attributes.Chunk(2).Select(pair => new Pair(pair[0], pair[1]))];
        Logger(test).LogRecords([new BufferedRecord("failed", values) { Failure = buffered }]);
        await test.Service.FlushAsync(FlushTo.Disk);
        Assert.AreEqual(expected, handler.Records.Single().Exception);
    }

    [TestMethod]
    public async Task The_usual_conditions_choose_the_handlers_but_the_scopes_of_the_flush_do_not()
    {
        var jobs = new CollectingHandler();
        var warnings = new CollectingHandler();
        await using var test = new ServiceUnderTest()
            .With(jobs, new LogHandlerOptions { ScopeKey = "job_id" })
            .With(warnings, new LogHandlerOptions { MinimumLevel = LogLevel.Warning, ExcludeEventTypes = ["Noise"] });
        using (test.Logger().BeginScope(("job_id", "of the flush")))
        {
            Logger(test).LogRecords(
            [
                new BufferedRecord("no job"), new BufferedRecord("of a job", new Pair("JobId", "j1")), new BufferedRecord("loud") { Level = LogLevel.Error },
                new BufferedRecord("noise") { Level = LogLevel.Error, Id = new EventId(1, "Noise") },
            ]);
        }

        await test.Service.FlushAsync(FlushTo.Disk);
        CollectionAssert.AreEqual(new[] { "of a job" }, jobs.Messages.ToArray());
        CollectionAssert.AreEqual(new[] { "loud" }, warnings.Messages.ToArray());
    }

    [TestMethod]
    public async Task A_record_that_throws_for_its_caller_does_not_keep_the_others_from_being_logged()
    {
        var handler = new CollectingHandler { Refused = (record, _) => throw new InvalidDataException(record.Message) };
        var all = new CollectingHandler();
        await using var test = new ServiceUnderTest().With(handler, new LogHandlerOptions { QueueCapacity = 1 }).With(all);
        handler.Gate = new TaskCompletionSource();
        test.Logger().LogInformation("in hand");
        await handler.Entered.Task;

        BufferedRecord[] records = [new BufferedRecord("0"), new BufferedRecord("1"), new BufferedRecord("2"), new BufferedRecord("3")];
        var refused = Assert.ThrowsExactly<AggregateException>(() => Logger(test).LogRecords(records));
        handler.Gate.SetResult();
        await test.Service.FlushAsync(FlushTo.Disk);

        Assert.IsTrue(refused.InnerExceptions.All(exception => exception is InvalidDataException));
        CollectionAssert.AreEqual(new[] { "in hand", "0", "1", "2", "3" }, all.Messages.ToArray());
    }

    private static IBufferedLogger Logger(ServiceUnderTest test)
    {
        var provider = new ZotifyLoggerProvider(test.Service, TimeProvider.System);
        _ = test.Logger();
        return (IBufferedLogger)provider.CreateLogger("Zotify.Tests");
    }
}
