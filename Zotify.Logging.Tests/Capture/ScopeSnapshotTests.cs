using System.Collections;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Capture;
using Zotify.Logging.Tests.Support;
using static Zotify.Logging.Tests.Capture.CapturedRecord;

namespace Zotify.Logging.Tests.Capture;

/// <summary>The scope values of a record: which ones it has, and that they are its own.</summary>
[TestClass]
public sealed class ScopeSnapshotTests
{
    [TestMethod]
    public async Task Scopes_come_outermost_first_and_of_equal_names_the_innermost_value_wins()
    {
        var record = await Captured(logger =>
        {
            using var a = logger.BeginScope(new Dictionary<string, object> { ["user"] = "outer", ["request"] = 1 });
            using var b = logger.BeginScope("Order {order} of {user}", 5, "inner");
            using var c = logger.BeginScope("plain text");
            using var d = logger.BeginScope(("tuple", true));
            using var e = logger.BeginScope(new Dictionary<string, string> { ["typed"] = "dictionary" });
            logger.LogInformation("x");
        });

        var scope = record.Scope.ToDictionary(pair => pair.Key, pair => pair.Value);
        CollectionAssert.AreEqual(
            new[] { "request", "order", "user", "tuple", "typed", "Scope" }, record.Scope.Select(pair => pair.Key).ToArray());
        Assert.AreEqual("inner", scope["user"]);
        Assert.AreEqual(5, scope["order"]);
        Assert.AreEqual("dictionary", scope["typed"]);
        CollectionAssert.AreEqual(new object[] { "plain text" }, (ICollection)scope["Scope"]!);
    }

    [TestMethod]
    public async Task The_frameworks_trace_ids_are_no_scope_values()
    {
        var handler = new CollectingHandler();
        await using var test = new ServiceUnderTest().With(handler);
        using var factory = LoggerFactory.Create(builder => builder
            .SetMinimumLevel(LogLevel.Trace)
            .Configure(
                o =>
                    o.ActivityTrackingOptions =
                        ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId | ActivityTrackingOptions.ParentId)
            .AddProvider(new ZotifyLoggerProvider(test.Service, TimeProvider.System)));
        using var activity = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();

        using (factory.CreateLogger("A").BeginScope(new Dictionary<string, object> { ["TraceId"] = "the user's own" }))
            factory.CreateLogger("A").LogInformation("x");
        await test.Service.FlushAsync(FlushTo.Disk);

        var record = handler.Records.Single();
        Assert.AreEqual(activity.TraceId.ToHexString(), record.TraceId);
        Assert.AreEqual("the user's own", record.Scope.Single().Value);
    }

    [TestMethod]
    public async Task A_scope_snapshot_is_bounded_when_scopes_are_never_disposed_of()
    {
        var record = await Captured(logger =>
        {
            for (var i = 0; i < 1_000; i++)
                logger.BeginScope(new Dictionary<string, object> { [string.Create(CultureInfo.InvariantCulture, $"k{i}")] = i });
            logger.LogInformation("x");
        });

        Assert.AreEqual(PropertySnapshot.MaxValues, record.Scope.Count);
        // The innermost scopes show who logs; the others are leaked scopes.
        Assert.AreEqual("k999", record.Scope[^1].Key);
    }

    [TestMethod]
    public async Task The_scope_values_of_a_record_are_its_own_also_where_a_scope_logs()
    {
        var handler = new CollectingHandler();
        await using var test = new ServiceUnderTest().With(handler);
        var logger = test.Logger();

        using (logger.BeginScope(new Talkative(() => logger.LogInformation("within"))))
        using (logger.BeginScope("{order}", 1))
            logger.LogInformation("first");
        using (logger.BeginScope("{order}", 2))
        using (logger.BeginScope("plain text"))
            logger.LogInformation("second");
        logger.LogInformation("third");
        await test.Service.FlushAsync(FlushTo.Disk);

        var scopes = handler.Records.ToDictionary(
            record => record.Message, record => record.Scope.ToDictionary(value => value.Key, value => value.Value));
        Assert.AreEqual(1, scopes["within"]["order"]);
        Assert.AreEqual(1, scopes["first"]["order"]);
        CollectionAssert.AreEqual(new[] { "said" }, (ICollection)scopes["first"]["Scope"]!);
        Assert.AreEqual(2, scopes["second"]["order"]);
        CollectionAssert.AreEqual(new[] { "plain text" }, (ICollection)scopes["second"]["Scope"]!);
        Assert.IsEmpty(scopes["third"]);
    }

    /// <summary>A scope that logs, once, while it is read.</summary>
    private sealed class Talkative(Action log)
    {
        private bool _isLogging;

        public override string ToString()
        {
            if (!_isLogging)
            {
                _isLogging = true;
                log();
                _isLogging = false;
            }

            return "said";
        }
    }
}
