using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Handlers.System;
using static Zotify.Logging.Tests.Handlers.System.SystemLogFolder;

namespace Zotify.Logging.Tests.Queries.SystemLog;

/// <summary>The search for the last entries that match: it holds up no answer, and stops where it would take long.</summary>
[TestClass]
public sealed class SystemLogScanTests
{
    private static readonly string Filler = new('x', 1_000);

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task The_answer_begins_before_the_search_ends_and_has_what_is_logged_meanwhile()
    {
        using var folder = new SystemLogFolder();
        await FillAsync(folder, 3_000, rareEvery: 1_000);
        await using var blocks = folder.Tail().ReadBlocksAsync(
            new SystemLogQuery { Tail = 3, Text = "rare", Follow = true }, TestContext.CancellationToken).GetAsyncEnumerator();
        Assert.IsTrue(await blocks.MoveNextAsync());
        Assert.AreEqual((0, ""), (blocks.Current.Items.Count, blocks.Current.End));
        await folder.WriteAsync(Record("rare new"));
        Assert.IsTrue(await blocks.MoveNextAsync());
        Assert.AreEqual(0, blocks.Current.Items.Count, "the position comes before the items");
        Assert.AreNotEqual("", blocks.Current.End);
        var messages = new List<string>();
        while (messages.LastOrDefault() != "rare new")
        {
            Assert.IsTrue(await blocks.MoveNextAsync());
            messages.AddRange(blocks.Current.Items.Cast<SystemLogEntry>().Select(entry => entry.Message!));
        }

        Assert.AreEqual("rare 0 rare 1000 rare 2000 rare new", string.Join(' ', messages), "the end stood when the answer began");
    }

    [TestMethod]
    public async Task A_long_search_tells_where_it_stopped_and_goes_on_there()
    {
        using var folder = new SystemLogFolder();
        folder.Options.MaxFileSize = 2_000_000;
        await FillAsync(folder, 9_000, rareEvery: 1_500);
        var tail = new SystemLogTail(folder.Active, TimeProvider.System, new FixedReadYourWrites()) { MostSearched = 1_500_000 };
        var found = new List<string>();
        string? before = null;
        var searches = 0;
        do
        {
            searches++;
            var items = await tail.ReadAsync(
                new SystemLogQuery { Follow = false, Tail = 100, Text = "rare", Before = before }, TestContext.CancellationToken).ToListAsync();
            before = (items.FirstOrDefault() as LogIncomplete<SystemLogEntry>)?.Before;
            found.InsertRange(0, items.OfType<SystemLogEntry>().Select(entry => entry.Message!));
        }
        while (before is not null);

        Assert.AreEqual("rare 0 rare 1500 rare 3000 rare 4500 rare 6000 rare 7500", string.Join(' ', found));
        Assert.IsGreaterThan(4, searches);
    }

    [TestMethod]
    public async Task A_stream_that_does_not_follow_reports_lines_that_are_not_written_yet()
    {
        using var folder = new SystemLogFolder();
        await FillAsync(folder, 10, rareEvery: 3);
        var tail = new SystemLogTail(folder.Active, TimeProvider.System, new FixedReadYourWrites(behind: 7));
        foreach (var query in (SystemLogQuery[])[new() { Follow = false, Since = Time }, new() { Follow = false, Tail = 2, Text = "rare" }])
        {
            var blocks = await tail.ReadBlocksAsync(query, TestContext.CancellationToken).ToListAsync();
            Assert.AreEqual(7, blocks[0].Behind, "it is known before the answer begins");
            Assert.AreEqual(7, ((LogBehind<SystemLogEntry>)blocks.First(block => block.Items.Count > 0).Items.Single()).Behind);
            // Who merges it with other logs waits for no line.
            var relayed = tail.ReadBlocksAsync(query with { IsRelayed = true }, TestContext.CancellationToken);
            Assert.IsFalse(await relayed.AnyAsync(block => block.Items.Any(item => item is LogBehind<SystemLogEntry>)));
        }

        Assert.AreEqual(7, (await tail.CountAsync(new SystemLogQuery(), null, TestContext.CancellationToken)).Behind);
        var following = tail.ReadBlocksAsync(new SystemLogQuery { Until = Time }, TestContext.CancellationToken);
        Assert.AreEqual(0, (await following.FirstAsync()).Behind);
        Assert.IsTrue(await following.AnyAsync(block => block.Items is [LogBehind<SystemLogEntry> { Behind: 7 }]), "its time has passed");
    }

    [TestMethod]
    public async Task A_tail_without_a_filter_is_never_cut_short()
    {
        using var folder = new SystemLogFolder();
        await FillAsync(folder, 3_000, rareEvery: 1_000);
        var tail = new SystemLogTail(folder.Active, TimeProvider.System, new FixedReadYourWrites()) { MostSearched = 1_000_000 };
        Assert.HasCount(
            2_900, await tail.ReadAsync(new SystemLogQuery { Follow = false, Tail = 2_900 }, TestContext.CancellationToken).ToListAsync());
    }

    [TestMethod]
    [DataRow("rare", null)]
    [DataRow("RARE", null)]
    [DataRow("x 1", null)]
    [DataRow("x\t1", null)]
    [DataRow(null, LogLevel.Warning)]
    [DataRow("rare", LogLevel.Error)]
    public async Task What_is_skipped_by_its_bytes_is_what_the_entries_say(string? text, LogLevel? level)
    {
        using var folder = new SystemLogFolder();
        await FillAsync(folder, 400, rareEvery: 7);
        folder.Append("no line of the log, RARE\n\tx 1\n2026-11-23T15:06:10.0000000Z [???] - rare\n");
        var query = new SystemLogQuery { Follow = false, Tail = 1_000_000, Text = text, MinimumLevel = level ?? LogLevel.Trace };
        var all = await folder.Tail().ReadAsync(query with { Text = null, MinimumLevel = LogLevel.Trace }, TestContext.CancellationToken).ToListAsync();
        var expected = all.Cast<SystemLogEntry>().Where(entry =>
            (text ?? "").Split(' ', '\t').All(term => Fields(entry).Any(field => field.Contains(term, StringComparison.OrdinalIgnoreCase)))
            && (level is null || (entry.Level is { } name && Enum.Parse<LogLevel>(name) >= level)));
        CollectionAssert.AreEqual(
            expected.Select(entry => entry.Text).ToArray(),
            (await folder.Tail().ReadAsync(query, TestContext.CancellationToken).ToListAsync()).Cast<SystemLogEntry>().Select(entry => entry.Text)
                .ToArray());
    }

    private static IEnumerable<string> Fields(SystemLogEntry entry) => entry.Timestamp is null
        ? [entry.Text]
        : [entry.Message!, entry.Category!, entry.EventName ?? "", entry.TraceId ?? "", entry.Exception ?? ""];

    [TestMethod]
    public async Task A_rare_term_is_searched_for_in_many_megabytes()
    {
        using var folder = new SystemLogFolder();
        await FillAsync(folder, 46_000, rareEvery: 46_000);
        var start = Stopwatch.GetTimestamp();
        var found = await folder.Tail().ReadAsync(
            new SystemLogQuery { Follow = false, Tail = 500, Text = "rare" }, TestContext.CancellationToken).ToListAsync();
        Assert.HasCount(1, found);
        TestContext.WriteLine($"{new FileInfo(folder.Active).Length} bytes in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms");
    }

    /// <summary>Writes entries of about a kilobyte, and every so many one that is rare. No two files begin with the same line.</summary>
    private static async Task FillAsync(SystemLogFolder folder, int count, int rareEvery)
    {
        await using var handler = await folder.StartAsync();
        foreach (var numbers in Enumerable.Range(0, count).Chunk(1_000))
        {
            await handler.WriteAsync(
                [
                    .. numbers.Select(number => number % rareEvery == 0
                        ? Record(string.Create(CultureInfo.InvariantCulture, $"rare {number}"), level: LogLevel.Error)
                        : Record(Filler, level: (LogLevel)(number % 4), after: TimeSpan.FromTicks(number)))
                ],
                default);
        }
    }
}
