using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.AspNetCore.Sources;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Web.Sources;

/// <summary>What the clients of a merged stream share, and what each reads alone.</summary>
[TestClass]
public sealed class MergedSharingTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(Some.Time);
    private readonly ScriptedSource _a = new("a");
    private readonly ScriptedSource _b = new("b");
    private readonly MergedLog _log;

    // For the streams, the time of day stands still: whoever has the newest lines is never far back, however much the clock moves on a slow
    // machine.
    private readonly StandingTime _standing;

    private DateTimeOffset _next = Some.Time;

    public MergedSharingTests()
    {
        _standing = new StandingTime(_time);
        _log = new MergedLog([_a, _b], _standing);
    }

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    public void Dispose() => _log.Dispose();

    [TestMethod]
    public async Task A_client_that_comes_back_reads_no_source_but_goes_on_with_the_others()
    {
        await using var client = Client(new SystemLogQuery { Tail = 0 });
        await client.OpenAsync(_time);
        var cursors = new List<string>();
        for (var i = 1; i <= 5; i++)
        {
            Write();
            Assert.AreEqual($"a{i} b{i}", await client.TextAsync(_time, 2));
            cursors.Add(client.Cursor!);
        }

        var reads = (_a.Reads, _b.Reads);
        for (var i = 1; i <= 5; i++)
        {
            await using var other = Client(new SystemLogQuery { After = cursors[i - 1] });
            for (var k = i + 1; k <= 5; k++) Assert.AreEqual($"a{k} b{k}", await other.TextAsync(_time, 2));
            await using var filtering = Client(new SystemLogQuery { After = cursors[i - 1], Text = "5" }, "b");
            if (i < 5) Assert.AreEqual("b5", await filtering.TextAsync(_time, 1));
        }

        Assert.AreEqual(reads, (_a.Reads, _b.Reads));
    }

    [TestMethod]
    public async Task The_first_client_that_comes_back_after_a_restart_begins_the_reading_of_all()
    {
        string cursor;
        await using (var client = Client(new SystemLogQuery { Tail = 0 }))
        {
            await client.OpenAsync(_time);
            Write();
            Assert.AreEqual("a1 b1", await client.TextAsync(_time, 2));
            cursor = client.Cursor!;
        }

        Write();
        using var restarted = new MergedLog([_a, _b], _standing);
        var reads = (_a.Reads, _b.Reads);
        var clients = Enumerable.Range(0, 10)
            .Select(_ => new MergedClient(restarted, new SystemLogQuery { After = cursor })).ToList();
        foreach (var client in clients) Assert.AreEqual("a2 b2", await client.TextAsync(_time, 2));
        Assert.AreEqual((reads.Item1 + 1, reads.Item2 + 1), (_a.Reads, _b.Reads));
        foreach (var client in clients) await client.DisposeAsync();
    }

    [TestMethod]
    public async Task A_client_that_falls_behind_gets_everything_once_and_joins_again()
    {
        await using var slow = Client(new SystemLogQuery { Tail = 0 });
        await using var fast = Client(new SystemLogQuery { Tail = 0 });
        await slow.OpenAsync(_time);
        await fast.OpenAsync(_time);
        Write();
        Assert.AreEqual("a1 b1", await slow.TextAsync(_time, 2));
        // More than a run keeps, written while the slow one does not read.
        var texts = WriteMuch();
        Assert.AreEqual("a1 b1", await fast.TextAsync(_time, 2));
        foreach (var text in texts) Assert.AreEqual(text, await fast.TextAsync(_time, 1));
        var reads = _a.Reads;
        foreach (var text in texts) Assert.AreEqual(text, await slow.TextAsync(_time, 1));
        Assert.IsGreaterThan(reads, _a.Reads, "it fell behind");
        var next = 2;
        do
        {
            Write();
            foreach (var client in (MergedClient[])[fast, slow])
                Assert.AreEqual($"a{texts.Count + next} b{next}", await client.TextAsync(_time, 2));
            next++;
        }
        while (fast.Block != slow.Block);
    }

    [TestMethod]
    public async Task Clients_with_the_same_filter_get_the_same_objects()
    {
        var query = new SystemLogQuery { Tail = 0, Text = "1" };
        var clients = new List<MergedClient>
        {
            Client(query), Client(query with { Text = "1" }), Client(query with { Text = "a" }), Client(query, "a", "b"),
        };
        foreach (var client in clients) await client.OpenAsync(_time);
        // A client's first block may have more than is new to it.
        Write();
        foreach (var client in clients) Assert.AreEqual("a1", await client.TextAsync(_time, 1));
        for (var i = 2; i < 12; i++) Write();
        var blocks = new List<LogBlock<SystemLogEntry>>();
        foreach (var client in clients)
        {
            while (MergedClient.Text(await client.NextAsync(_time)) is not "a11")
            {
            }

            blocks.Add(client.Block);
        }

        Assert.AreSame(blocks[0], blocks[1]);
        Assert.AreSame(blocks[0], blocks[3]);
        Assert.AreNotSame(blocks[0], blocks[2]);
        Assert.AreSame(blocks[0].Whole, blocks[2].Whole, "what was written of an item is good for all filters");
        foreach (var client in clients) await client.DisposeAsync();
    }

    [TestMethod]
    public async Task Where_a_crowd_is_behind_another_common_reading_begins_and_ends_when_it_has_caught_up()
    {
        ILineSource[] sources = [_a, _b];
        uint[] names = [.. sources.Select(source => PositionCode.HashOf(source.Name))];
        bool[] all = [true, true];
        using var pages = new MergedPages(sources, _standing);
        var runs = new MergedRuns(sources, pages, _standing);
        var parts = new MergedParts(sources, names, pages, runs, _standing);
        var request = new MergedRequest(new SystemLogQuery { Since = DateTimeOffset.MinValue }, all);
        await using var client = new MergedClient(
            new MergedStream(request, parts, parts.Beginning(null), isAtEnd: false) { Pages = request.Pages });
        Write();
        Assert.AreEqual("a1 b1", await client.TextAsync(_time, 2));
        var behind = MergedCursor.TryParse(client.Cursor!, names)!;
        var texts = WriteMuch();
        foreach (var text in texts) Assert.AreEqual(text, await client.TextAsync(_time, 1));
        // Far longer than a client that comes back alone may have been away.
        _standing.Now += TimeSpan.FromHours(2);
        _time.Advance(TimeSpan.FromHours(2));
        var alone = Enumerable.Range(1, MergedPages.Crowd - 1).Select(_ => pages.Open(request.Pages, behind, mayFollow: true)).ToList();
        var candidate = new RunCandidate(behind, behind.Time, all, new string?[2]);
        Assert.IsNull(runs.Enter(candidate), "the pages serve them");
        alone.Add(pages.Open(request.Pages, behind, mayFollow: true));
        var second = runs.Enter(candidate)!;
        var further = MergedCursor.TryParse(client.Cursor!, names)!;
        var first = runs.Enter(new RunCandidate(further, further.Time, all, new string?[2]))!;
        Assert.AreNotSame(first, second, "of two runs, the furthest");
        Assert.IsFalse(first.HasEnded, "those that keep up do not wait for the crowd");
        Assert.AreSame(second, runs.Enter(candidate));
        foreach (var reading in alone) await reading.DisposeAsync();
        await using var late = new MergedClient(
            new MergedStream(request, parts, behind, isAtEnd: false) { Pages = request.Pages });
        foreach (var text in texts) Assert.AreEqual(text, await late.TextAsync(_time, 1));
        foreach (var run in (MergedRun[])[first, second, second]) runs.Leave(run);
        while (!first.HasEnded && !second.HasEnded)
        {
            Write();
            var next = await client.TextAsync(_time, 2);
            Assert.AreEqual(next, await late.TextAsync(_time, 2), "nobody misses or repeats anything");
        }
    }

    /// <summary>A line of each source.</summary>
    private void Write()
    {
        _a.Write(Next());
        _b.Write(Next());
    }

    /// <summary>Twice as much as a run keeps, of the first source. Returns the texts.</summary>
    private List<string> WriteMuch()
    {
        var text = new string('x', 64 * 1024);
        var texts = Enumerable.Range(0, (int)(2 * RecentMerged.MaxSize / text.Length)).Select(i => $"{text}{i}").ToList();
        foreach (var one in texts) _a.Write(Next(), one);
        return texts;
    }

    private DateTimeOffset Next() => _next = _next.AddMilliseconds(1);

    private MergedClient Client(SystemLogQuery query, params string[] instances) => new(_log, query, instances);
}
