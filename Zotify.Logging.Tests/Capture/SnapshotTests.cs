using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Capture;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Capture;

[TestClass]
public sealed class SnapshotTests
{
    [TestMethod]
    public async Task A_record_has_the_message_and_its_context()
    {
        var time = new FakeTimeProvider(Some.Time);
        var record = await Captured(
            logger =>
            {
                using var activity = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();
                logger.LogWarning(new EventId(7, "Name"), new InvalidOperationException("boom"), "Track {Done}/{Total}", 5, 100);
                Assert.AreEqual(activity, Activity.Current);
            },
            time);

        Assert.AreEqual(Some.Time, record.Timestamp);
        Assert.AreEqual(LogLevel.Warning, record.Level);
        Assert.AreEqual("Zotify.Tests", record.Category);
        Assert.AreEqual(7, record.EventId.Id);
        Assert.AreEqual("Name", record.EventId.Name);
        Assert.AreEqual("Track 5/100", record.Message);
        CollectionAssert.AreEqual(
            new[] { KeyValuePair.Create<string, object?>("Done", 5), KeyValuePair.Create<string, object?>("Total", 100) },
            record.Properties.ToArray());
        StringAssert.StartsWith(record.Exception, "System.InvalidOperationException: boom");
        Assert.AreEqual(32, record.TraceId!.Length);
        Assert.AreEqual(16, record.SpanId!.Length);
    }

    [TestMethod]
    public async Task The_snapshot_is_taken_inside_the_call()
    {
        var live = new List<int> { 1, 2 };
        var scope = new Dictionary<string, object> { ["key"] = "then" };
        var record = await Captured(logger =>
        {
            using (logger.BeginScope(scope)) logger.LogInformation("{Live}", live);
            live.Add(3);
            scope["key"] = "now";
        });

        Assert.AreEqual("1, 2", record.Message);
        CollectionAssert.AreEqual(new object[] { 1, 2 }, (ICollection)record.Properties[0].Value!);
        Assert.AreEqual("then", record.Scope[0].Value);
    }

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
    public async Task Values_keep_all_their_digits_and_everything_else_is_rendered()
    {
        var guid = Guid.Parse("0195e3a1-1111-7222-8333-444455556666");
        object?[] values =
        [
            long.MinValue, ulong.MaxValue, 0.1234567890123456789012345678m, true, guid, Some.Time, TimeSpan.FromTicks(1), DayOfWeek.Monday,
            double.NaN, float.NegativeInfinity, 1.5, 'c', new byte[] { 1, 2 }, new Uri("http://localhost/a"), null, "a\ud800b",
        ];
        var record = await Captured(logger => logger.Log(
            LogLevel.Information, default, values.Select((v, i) => KeyValuePair.Create($"v{i}", v)).ToList(), null, (_, _) => "m"));

        CollectionAssert.AreEqual(
            new object?[]
            {
                long.MinValue, ulong.MaxValue, 0.1234567890123456789012345678m, true, guid, Some.Time, TimeSpan.FromTicks(1), "Monday",
                "NaN", "-Infinity", 1.5, "c", "AQI=", "http://localhost/a", null, "a\ufffdb",
            },
            record.Properties.Select(pair => pair.Value).ToArray());
    }

    [TestMethod]
    public async Task Collections_are_copied_within_limits_and_cycles_end()
    {
        var cycle = new Dictionary<string, object?>();
        cycle["self"] = cycle;
        var record = await Captured(logger => logger.Log(
            LogLevel.Information,
            default,
            new List<KeyValuePair<string,
            object?>> { new("many", Enumerable.Range(0, 1_000_000)), new("cycle", cycle), new("tree", new Dictionary<string, int> { ["a"] = 1 }) },
            null,
            (_, _) => "m"));

        var many = (IReadOnlyList<object?>)record.Properties[0].Value!;
        Assert.AreEqual(101, many.Count);
        Assert.AreEqual("…", many[100]);
        object? inner = record.Properties[1].Value;
        var depth = 0;
        while (inner is IReadOnlyDictionary<string, object?> entries)
        {
            inner = entries["self"];
            depth++;
        }

        Assert.AreEqual("…", inner);
        Assert.AreEqual(5, depth);
        Assert.AreEqual(1, ((IReadOnlyDictionary<string, object?>)record.Properties[2].Value!)["a"]);
    }

    [TestMethod]
    public async Task Long_texts_are_cut_with_a_marker_and_not_through_a_pair()
    {
        var record = await Captured(logger => logger.LogInformation("{Long}", new string('x', 32_767) + "😀" + new string('y', 10)));

        var value = (string)record.Properties[0].Value!;
        Assert.AreEqual(new string('x', 32_767) + "… [cut, 32779 characters]", value);
        Assert.AreEqual(value, record.Message);
    }

    [TestMethod]
    public async Task A_value_that_throws_becomes_a_readable_mark_and_harms_nothing_else()
    {
        var handler = new CollectingHandler();
        await using var test = new ServiceUnderTest().With(handler);
        var logger = test.Logger();

        logger.LogInformation("{Bad} and {Good}", new Hostile(), "good");
        logger.Log(LogLevel.Information, default, new Hostile(), null, (_, _) => throw new InvalidOperationException());
        logger.LogInformation("{Items}", new Hostile() as IEnumerable);
        logger.LogError(new HostileException(), "with exception");
        using (logger.BeginScope(new Hostile())) logger.LogInformation("in scope");
        logger.LogInformation("after");
        await test.Service.FlushAsync(FlushTo.Disk);

        CollectionAssert.AreEqual(
            new[]
            {
                "[Hostile threw InvalidTimeZoneException] and good",
                "[the formatter threw InvalidOperationException]",
                "[Hostile threw InvalidTimeZoneException]",
                "with exception",
                "in scope",
                "after",
            },
            handler.Messages.ToArray());
        StringAssert.Contains(handler.Records.ElementAt(3).Exception, "HostileException [its text threw");
    }

    [TestMethod]
    public async Task A_throwing_ToString_becomes_a_mark()
    {
        var record = await Captured(logger => logger.LogInformation("{Bad} and {Good}", new HostileText(), 1));

        Assert.AreEqual("[HostileText.ToString threw InvalidTimeZoneException] and 1", record.Message);
        Assert.AreEqual("[HostileText.ToString threw InvalidTimeZoneException]", record.Properties[0].Value);
    }

    [TestMethod]
    public async Task Redacted_values_are_in_no_part_of_the_record()
    {
        var record = await Captured(logger =>
        {
            using (logger.BeginScope("{session_token}", "geheim"))
            using (logger.BeginScope(new Dictionary<string, object> { ["Password"] = "geheim" }))
                logger.LogInformation(
                    "{User} used {AccessToken} and {Form}",
                    "u42",
                    "geheim",
                    new Dictionary<string,
                    object> { ["password"] = "geheim", ["name"] = "n" });
        });

        Assert.AreEqual("u42 used [REDACTED] and [password, [REDACTED]], [name, n]", record.Message);
        Assert.AreEqual("[REDACTED]", record.Properties[1].Value);
        Assert.IsTrue(record.Scope.All(pair => Equals(pair.Value, "[REDACTED]")));
        Assert.AreEqual("[REDACTED]", ((IReadOnlyDictionary<string, object?>)record.Properties[2].Value!)["password"]);
    }

    [TestMethod]
    public async Task Redaction_holds_in_every_kind_of_named_values()
    {
        object[] forms =
        [
            new List<KeyValuePair<string, string>> { new("password", "geheim") },
            new HeaderDictionary { ["Api-Key"] = "geheim", ["Cookie"] = new[] { "geheim", "geheim" } },
            new JsonObject { ["user"] = new JsonObject { ["password"] = "geheim" } },
            new[] { new Dictionary<string, string> { ["password"] = "geheim" } },
            Enumerable.Range(0, 200).ToDictionary(i => i == 150 ? "password" : $"k{i}", i => i == 150 ? "geheim" : "-"),
        ];
        foreach (var form in forms)
        {
            var record = await Captured(logger =>
            {
                using (logger.BeginScope(new Dictionary<string, object> { ["outer"] = form }))
                    logger.LogInformation("Form {Form}", form);
            }, redact: ["password", "api_key", "cookie"]);

            var whole = $"{record.Message} {JsonSerializer.Serialize(record.Properties)} {JsonSerializer.Serialize(record.Scope)}";
            Assert.DoesNotContain("geheim", whole, StringComparison.Ordinal, form.GetType().Name);
        }
    }

    [TestMethod]
    public async Task A_collection_without_end_is_rendered_within_limits()
    {
        var record = await Captured(logger => logger.LogInformation("{Endless}", Endless()));

        StringAssert.StartsWith(record.Message, "0, 1, 2, ", StringComparison.Ordinal);
        StringAssert.EndsWith(record.Message, "99, …", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task A_state_or_scope_without_end_holds_nobody_up()
    {
        var pairs = Endless().Select(i => KeyValuePair.Create<string, object?>($"k{i}", i));
        var record = await Captured(logger =>
        {
            using (logger.BeginScope(pairs)) logger.Log(LogLevel.Information, default, pairs, null, (_, _) => "m");
        });

        Assert.AreEqual("m", record.Message);
        Assert.HasCount(PropertySnapshot.MaxValues, record.Properties);
        Assert.HasCount(PropertySnapshot.MaxValues, record.Scope);
    }

    [TestMethod]
    public async Task The_texts_of_one_collection_are_bounded_together()
    {
        var text = new string('x', 20_000);
        var record = await Captured(logger => logger.LogInformation("{Texts}", Enumerable.Repeat(Enumerable.Repeat(text, 50), 50)));

        var first = (IReadOnlyList<object?>)((IReadOnlyList<object?>)record.Properties[0].Value!)[0]!;
        CollectionAssert.AreEqual(new[] { text, text, "…" }, first.ToArray());
        Assert.IsLessThan(200_000, record.Size);
    }

    [TestMethod]
    public async Task A_secret_in_a_value_beyond_the_limit_is_not_in_the_message_either()
    {
        var values = Enumerable.Range(0, 200).Select(i => KeyValuePair.Create($"k{i}", (object?)i)).ToList();
        values[150] = new("password", "geheim");
        values[160] = new(
            "deep", new[] { new[] { new[] { new[] { new[] { new Dictionary<string, string> { ["password"] = "geheim" } } } } } });
        var record = await Captured(
            logger => logger.LogInformation(
                string.Join(' ', values.Select(value => $"{{{value.Key}}}")), [.. values.Select(value => value.Value)]));

        Assert.DoesNotContain("geheim", record.Message, StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Redaction_holds_where_only_the_message_is_captured()
    {
        var handler = new CollectingHandler { Wants = LogParts.Message };
        await using var test = new ServiceUnderTest().With(handler);
        await test.Service.StartedAsync(CancellationToken.None);

        test.Logger().LogInformation("{token} {other}", "geheim", 1);
        test.Logger()
            .Log(LogLevel.Information, default, new Dictionary<string, object?> { ["token"] = "geheim" }, null, (s, _) => $"{s["token"]}");
        await test.Service.FlushAsync(FlushTo.Disk);

        CollectionAssert.AreEqual(new[] { "[REDACTED] 1", "[REDACTED]" }, handler.Messages.ToArray());
    }

    [TestMethod]
    public async Task Names_that_repeat_keep_the_last_value()
    {
        var record = await Captured(logger => logger.LogInformation("{A} {A}", 1, 2));

        Assert.AreEqual("1 2", record.Message);
        Assert.AreEqual(2, record.Properties.Single().Value);
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
    public async Task Every_call_of_a_template_has_its_own_values_and_a_missing_value_is_reported()
    {
        const string Template = "{User} went to {Place}";
        var handler = new CollectingHandler();
        await using var test = new ServiceUnderTest().With(handler);

        test.Logger().LogInformation(Template, "u1", 1);
        test.Logger().LogInformation(Template, "u2", null);
#pragma warning disable CA2017 // The lack of a value is what is tested.
        test.Logger().LogInformation(Template, "u3");
#pragma warning restore CA2017
        test.Logger().LogInformation(Template, "u4", "home");
        await test.Service.FlushAsync(FlushTo.Disk);

        CollectionAssert.AreEqual(
            new[] { "[User, u1] [Place, 1]", "[User, u2] [Place, ]", "[User, u3] [state_error, [FormattedLogValues threw "
                + "IndexOutOfRangeException]]", "[User, u4] [Place, home]" },
            handler.Records.Select(record => string.Join(' ', record.Properties)).ToArray());
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

    private static IEnumerable<int> Endless()
    {
        for (var i = 0; ; i++) yield return i;
    }

    private static async Task<LogRecord> Captured(Action<ILogger> log, TimeProvider? time = null, IReadOnlyList<string>? redact = null)
    {
        var handler = new CollectingHandler();
        await using var test =
            new ServiceUnderTest { Time = time ?? TimeProvider.System, Redact = redact ?? ["password", "token"] }.With(handler);
        log(test.Logger());
        await test.Service.FlushAsync(FlushTo.Disk);
        return handler.Records.Single();
    }

    private sealed class Hostile : IEnumerable<KeyValuePair<string, object?>>
    {
        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => throw new InvalidTimeZoneException();

        IEnumerator IEnumerable.GetEnumerator() => throw new InvalidTimeZoneException();
    }

    private sealed class HostileText
    {
        public override string ToString() => throw new InvalidTimeZoneException();
    }

    private sealed class HostileException : Exception
    {
        public override string ToString() => throw new InvalidTimeZoneException();
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
