using System.Collections;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Capture;
using Zotify.Logging.Tests.Support;
using static Zotify.Logging.Tests.Capture.CapturedRecord;

namespace Zotify.Logging.Tests.Capture;

/// <summary>Values that are long, endless or throw: a record has what fits, and the rest is marked.</summary>
[TestClass]
public sealed class SnapshotLimitTests
{
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

    private static IEnumerable<int> Endless()
    {
        for (var i = 0; ; i++) yield return i;
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
}
