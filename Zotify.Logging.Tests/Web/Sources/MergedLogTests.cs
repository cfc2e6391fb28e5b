using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.AspNetCore.Sources;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Web.Sources;

/// <summary>The merged stream over sources that a test writes line by line.</summary>
[TestClass]
public sealed class MergedLogTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(Some.Time);
    private readonly ScriptedSource _a = new("a");
    private readonly ScriptedSource _b = new("b");
    private readonly MergedLog _log;

    public MergedLogTests() => _log = new MergedLog([_a, _b], _time);

    public void Dispose() => _log.Dispose();

    [TestMethod]
    public async Task What_there_is_comes_by_time_and_the_tail_is_that_of_all_together()
    {
        WriteTen();
        Assert.AreEqual("a1 b1 a2 b2 a3 b3 a4 b4 a5 b5", await ReadAsync(new SystemLogQuery { Since = Some.Time - TimeSpan.FromHours(1) }));
        Assert.AreEqual("b4 a5 b5", await ReadAsync(new SystemLogQuery { Tail = 3 }));
        Assert.AreEqual("", await ReadAsync(new SystemLogQuery { Tail = 0 }));
        Assert.AreEqual("b3 a4 b4", await ReadAsync(new SystemLogQuery { Since = At(5), Until = At(8) }));
        Assert.AreEqual("b4 b5", await ReadAsync(new SystemLogQuery { Tail = 2 }, "b"));
        Assert.AreEqual("a5", await ReadAsync(new SystemLogQuery { Text = "5", Tail = 5 }, "a", "c"));
        Assert.AreEqual("", await ReadAsync(new SystemLogQuery(), "c"));
    }

    [TestMethod]
    public async Task Every_position_leads_to_the_rest_and_to_what_was_before()
    {
        WriteTen();
        await using var client = Client(new SystemLogQuery { Tail = 100, Follow = false });
        var texts = new List<string>();
        for (var i = 1; i <= 10; i++)
        {
            var item = await client.NextAsync(_time);
            var text = MergedClient.Text(item);
            Assert.AreEqual(string.Join(' ', texts), await ReadAsync(new SystemLogQuery { Before = item.Cursor }));
            Assert.AreEqual(string.Join(' ', texts.TakeLast(3)), await ReadAsync(new SystemLogQuery { Before = item.Cursor, Tail = 3 }));
            texts.Add(text);
            Assert.AreEqual(string.Join(' ', texts), await ReadAsync(new SystemLogQuery { Through = item.Cursor }));
            var rest = await ReadAsync(new SystemLogQuery { After = item.Cursor });
            Assert.AreEqual("a1 b1 a2 b2 a3 b3 a4 b4 a5 b5", $"{string.Join(' ', texts)} {rest}".TrimEnd());
        }
    }

    [TestMethod]
    public async Task A_position_from_before_there_were_sources_goes_on_in_the_own_log_and_where_that_was_in_time()
    {
        WriteTen();
        Assert.AreEqual("b3 a4 b4 a5 b5", await ReadAsync(new SystemLogQuery { After = "3" }));
        Assert.AreEqual("a1 b1 a2 b2", await ReadAsync(new SystemLogQuery { Before = "3" }));
        foreach (var text in (string[])["x", "-1", ""])
        {
            var refused = Assert.ThrowsExactly<InvalidCursorException>(() => Client(new SystemLogQuery { After = text }));
            Assert.AreEqual(nameof(SystemLogQuery.After), refused.ParamName);
        }
    }

    [TestMethod]
    public async Task New_lines_wait_for_their_place_and_late_ones_are_marked()
    {
        WriteTen();
        await using var client = Client(new SystemLogQuery { Tail = 1 });
        Assert.AreEqual("b5", await client.TextAsync(_time, 1));
        var now = _time.GetUtcNow();
        _b.Write(now.AddMilliseconds(2));
        _a.Write(now.AddMilliseconds(1));
        _a.Write(now.AddMilliseconds(3));
        Assert.AreEqual("a6 b6 a7", await client.TextAsync(_time, 3));
        // Nobody waits for so long.
        _b.Write(now.AddMilliseconds(2.5));
        Assert.AreEqual("~b7", await client.TextAsync(_time, 1));
    }

    [TestMethod]
    public async Task A_source_that_goes_away_is_told_once_and_goes_on_where_it_was()
    {
        WriteTen();
        await using var client = Client(new SystemLogQuery { Tail = 1 });
        Assert.AreEqual("b5", await client.TextAsync(_time, 1));
        _b.Leave("it is gone");
        Assert.AreEqual("b away: it is gone", await client.TextAsync(_time, 1));
        _b.Write(At(20));
        _a.Write(At(21));
        Assert.AreEqual("a6", await client.TextAsync(_time, 1));
        _b.Return();
        var cursor = client.Cursor;
        Assert.AreEqual("b back ~b6", await client.TextAsync(_time, 2));
        // Whoever left in between gets the same.
        await using var other = Client(new SystemLogQuery { After = cursor });
        Assert.AreEqual("~b6", await other.TextAsync(_time, 1));
    }

    [TestMethod]
    public async Task A_source_that_is_away_from_the_start_brings_what_it_logs_from_then_on()
    {
        WriteTen();
        _b.Leave("it is gone");
        await using var client = Client(new SystemLogQuery { Tail = 1 });
        Assert.AreEqual("b away: it is gone a5", await client.TextAsync(_time, 2));
        _a.Write(_time.GetUtcNow());
        Assert.AreEqual("a6", await client.TextAsync(_time, 1), "it is not back yet");
        _b.Write(_time.GetUtcNow().AddMilliseconds(1));
        _b.Return();
        Assert.AreEqual("b back b6", await client.TextAsync(_time, 2));
        Assert.AreEqual("b away: gone again a1", await WithoutBAsync(new SystemLogQuery { Until = At(1), Follow = false }));
    }

    [TestMethod]
    public async Task A_line_of_a_clock_that_is_ahead_is_late_itself_and_makes_no_other_line_late()
    {
        WriteTen();
        await using var client = Client(new SystemLogQuery { Tail = 1 });
        Assert.AreEqual("b5", await client.TextAsync(_time, 1));
        _a.Write(_time.GetUtcNow().AddYears(3));
        Assert.AreEqual("~a6", await client.TextAsync(_time, 1));
        var cursor = client.Cursor;
        _b.Write(_time.GetUtcNow());
        Assert.AreEqual("b6", await client.TextAsync(_time, 1));
        _a.Write(_time.GetUtcNow());
        Assert.AreEqual("a7", await client.TextAsync(_time, 1));
        // Whoever comes back, or reads from the beginning, gets the same.
        Assert.AreEqual("b6 a7", await ReadAsync(new SystemLogQuery { After = cursor }));
        Assert.AreEqual(
            "a1 b1 a2 b2 a3 b3 a4 b4 a5 ~a6 b5 b6 a7", await ReadAsync(new SystemLogQuery { Since = Some.Time - TimeSpan.FromHours(1) }));
        // A source that is configured later begins when the line was read, and not in three years.
        var added = new ScriptedSource("c");
        added.Write(_time.GetUtcNow());
        using var log = new MergedLog([_a, _b, added], _time);
        await using var later = new MergedClient(log, new SystemLogQuery { After = client.Cursor, Follow = false });
        Assert.AreEqual("c1", await later.RestAsync(_time));
    }

    [TestMethod]
    public async Task A_position_that_has_a_time_ahead_goes_on_from_now()
    {
        WriteTen();
        uint[] names = [PositionCode.HashOf("a")];
        var cursor = new MergedCursor(names) { [0] = SourcePosition.Of("5"), Time = _time.GetUtcNow().AddYears(3) };
        await using var client = Client(new SystemLogQuery { After = cursor.ToString() });
        await client.OpenAsync(_time);
        _time.Advance(TimeSpan.FromSeconds(1));
        _a.Write(_time.GetUtcNow());
        _b.Write(_time.GetUtcNow().AddTicks(1));
        Assert.AreEqual("a6 b6", await client.TextAsync(_time, 2));
    }

    [TestMethod]
    public async Task Clients_share_one_reading_of_each_source()
    {
        WriteTen();
        var clients = Enumerable.Range(0, 20).Select(_ => Client(new SystemLogQuery { Tail = 2 })).ToList();
        foreach (var client in clients) Assert.AreEqual("a5 b5", await client.TextAsync(_time, 2));
        for (var i = 0; i < 3; i++)
        {
            var before = _a.Reads;
            _a.Write(_time.GetUtcNow());
            _b.Write(_time.GetUtcNow());
            foreach (var client in clients)
                CollectionAssert.AreEquivalent((string[])[$"a{6 + i}", $"b{6 + i}"], (await client.TextAsync(_time, 2)).Split(' '));
            if (i > 0) Assert.AreEqual(before, _a.Reads);
        }

        foreach (var client in clients) await client.DisposeAsync();
    }

    [TestMethod]
    public async Task A_stream_ends_at_its_time_with_what_arrived_until_then()
    {
        WriteTen();
        await using var client = Client(new SystemLogQuery { Tail = 1, Until = _time.GetUtcNow().AddSeconds(5) });
        Assert.AreEqual("b5", await client.TextAsync(_time, 1));
        _a.Write(_time.GetUtcNow());
        Assert.AreEqual("a6", await client.RestAsync(_time));
    }

    private async Task<string> WithoutBAsync(SystemLogQuery query)
    {
        _b.Leave("gone again");
        return await ReadAsync(query);
    }

    private static DateTimeOffset At(int minute) => Some.Time - TimeSpan.FromHours(1) + TimeSpan.FromMinutes(minute);

    /// <summary>Five lines of each source, in turn.</summary>
    private void WriteTen()
    {
        for (var i = 0; i < 5; i++)
        {
            _a.Write(At(2 * i));
            _b.Write(At((2 * i) + 1));
        }
    }

    private MergedClient Client(SystemLogQuery query, params string[] instances) => new(_log, query, instances);

    private async Task<string> ReadAsync(SystemLogQuery query, params string[] instances)
    {
        await using var client = Client(query with { Follow = false }, instances);
        return await client.RestAsync(_time);
    }
}
