using Microsoft.Extensions.Logging;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Handlers.System;
using static Zotify.Logging.Tests.Handlers.System.SystemLogFolder;
using static Zotify.Logging.Tests.Queries.SystemLog.SystemLogReads;

namespace Zotify.Logging.Tests.Queries.SystemLog;

/// <summary>The entries that a query reads: tail, times, filters.</summary>
[TestClass]
public sealed class SystemLogTailTests
{
    [TestMethod]
    public async Task The_first_block_of_a_stream_that_follows_has_its_cursor()
    {
        using var folder = new SystemLogFolder();
        await folder.WriteAsync(Record("before"));
        await using var blocks = folder.Tail().ReadBlocksAsync(new SystemLogQuery { Tail = 0 }, default).GetAsyncEnumerator();
        Assert.IsTrue(await blocks.MoveNextAsync());
        Assert.IsEmpty(blocks.Current.Items);
        await folder.WriteAsync(Record("after"));
        Assert.IsTrue(await blocks.MoveNextAsync());
        Assert.AreEqual("after", ((SystemLogEntry)blocks.Current.Items.Single()).Message);
    }

    [TestMethod]
    public async Task Without_any_file_there_is_nothing()
    {
        using var folder = new SystemLogFolder();
        Assert.IsEmpty(await ReadAsync(folder, new SystemLogQuery { Follow = false }));
        Assert.IsEmpty(
            await ReadAsync(
                new SystemLogTail(folder.PathOf("no/such.log"), TimeProvider.System, new FixedReadYourWrites()),
                new SystemLogQuery { Follow = false }));
    }

    [TestMethod]
    public async Task A_query_waits_for_what_was_logged_before_it()
    {
        using var folder = new SystemLogFolder();
        var tail = new SystemLogTail(
            folder.Active, TimeProvider.System,
            new FixedReadYourWrites { Meanwhile = () => folder.Append("2026-11-23T15:06:10.0000000Z [INF] - Zotify.Tests[0] late\n") });
        Assert.AreEqual("late", Messages(await ReadAsync(tail, new SystemLogQuery { Follow = false })));
        // Once before the first line, and once before the end.
        Assert.AreEqual(
            "late late late",
            Messages(
                await ReadAsync(tail, new SystemLogQuery { Since = SystemLogFolder.Time, Until = SystemLogFolder.Time.AddSeconds(1) })));
    }

    [TestMethod]
    public async Task Files_are_read_in_the_order_of_their_numbers_and_the_active_one_last()
    {
        using var folder = new SystemLogFolder();
        folder.Options.MaxFileSize = SizeOf(3);
        await folder.WriteAsync(Numbered(1, 3));
        // Six digits run out while the log rolls on: names no longer sort as numbers do.
        File.Move(folder.Active, folder.PathOf("zotify_api.999997.log"));
        await folder.WriteAsync(Numbered(4, 17));
        Assert.IsTrue(File.Exists(folder.PathOf("zotify_api.1000001.log")));
        Assert.AreEqual(Range(1, 20), await MessagesAsync(folder, All));
    }

    [TestMethod]
    public async Task The_tail_is_a_hundred_entries_where_nothing_else_is_asked()
    {
        using var folder = new SystemLogFolder();
        folder.Options.MaxFileSize = SizeOf(30);
        await folder.WriteAsync(Numbered(1, 150));
        var query = new SystemLogQuery { Follow = false };
        Assert.AreEqual(Range(51, 100), await MessagesAsync(folder, query));
        Assert.AreEqual(Range(1, 150), await MessagesAsync(folder, query with { Since = SystemLogFolder.Time }));
        Assert.AreEqual(Range(1, 150), await MessagesAsync(folder, query with { Until = SystemLogFolder.Time.AddDays(1) }));
        Assert.AreEqual("000150", await MessagesAsync(folder, query with { Tail = 1 }));
        Assert.AreEqual("", await MessagesAsync(folder, query with { Tail = 0 }));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => folder.Tail().ReadAsync(query with { Tail = -1 }, default));
    }

    [TestMethod]
    public async Task The_tail_counts_only_entries_that_match()
    {
        using var folder = new SystemLogFolder();
        folder.Options.MaxFileSize = SizeOf(5);
        await folder.WriteAsync(
            [.. Enumerable.Range(1, 60).Select(i => Record($"m{i:D2}", level: i % 10 == 0 ? LogLevel.Error : LogLevel.Debug))]);
        var query = new SystemLogQuery { Follow = false, Tail = 3, MinimumLevel = LogLevel.Error };
        Assert.AreEqual("m40 m50 m60", await MessagesAsync(folder, query));
        Assert.AreEqual("m10 m20 m30 m40 m50 m60", await MessagesAsync(folder, query with { Tail = 100 }));
    }

    [TestMethod]
    public async Task Since_is_inclusive_and_until_exclusive()
    {
        using var folder = new SystemLogFolder();
        folder.Options.MaxFileSize = SizeOf(2);
        await folder.WriteAsync([.. Enumerable.Range(0, 9).Select(i => Record($"s{i}", after: TimeSpan.FromSeconds(i)))]);
        var query =
            new SystemLogQuery { Follow = false, Since = SystemLogFolder.Time.AddSeconds(2), Until = SystemLogFolder.Time.AddSeconds(5) };
        Assert.AreEqual("s2 s3 s4", await MessagesAsync(folder, query));
        Assert.AreEqual("s3 s4", await MessagesAsync(folder, query with { Since = query.Since.Value.AddTicks(1) }));
        Assert.AreEqual("s2 s3 s4 s5", await MessagesAsync(folder, query with { Until = query.Until.Value.AddTicks(1) }));
        Assert.AreEqual("s3 s4", await MessagesAsync(folder, query with { Tail = 2 }));
        Assert.AreEqual("s2 s3 s4", await MessagesAsync(folder, query with { Since = query.Since.Value.ToOffset(TimeSpan.FromHours(9)) }));
    }

    [TestMethod]
    public async Task Times_out_of_order_are_all_found()
    {
        using var folder = new SystemLogFolder();
        await folder.WriteAsync(
            Record("late", after: TimeSpan.FromSeconds(9)), Record("early"), Record("later", after: TimeSpan.FromSeconds(10)));
        Assert.AreEqual("late later", await MessagesAsync(folder, All with { Since = SystemLogFolder.Time.AddSeconds(5) }));
    }

    [TestMethod]
    public async Task A_level_is_a_minimum()
    {
        using var folder = new SystemLogFolder();
        await folder.WriteAsync([.. Enumerable.Range(0, 6).Select(i => Record(((LogLevel)i).ToString(), level: (LogLevel)i))]);
        Assert.AreEqual("Warning Error Critical", await MessagesAsync(folder, All with { MinimumLevel = LogLevel.Warning }));
        Assert.AreEqual("Trace Debug Information Warning Error Critical", await MessagesAsync(folder, All));
    }

    [TestMethod]
    public async Task A_category_is_a_prefix_without_case_and_one_of_several_is_enough()
    {
        using var folder = new SystemLogFolder();
        await folder.WriteAsync(
            Record("1", category: "Foo.Bar"),
            Record("2", category: "foo"),
            Record("3", category: "Bar.Foo"),
            Record("4", category: "My App"));
        Assert.AreEqual("1 2", await MessagesAsync(folder, All with { Categories = ["FOO"] }));
        Assert.AreEqual("1 3", await MessagesAsync(folder, All with { Categories = ["foo.", "bar"] }));
        Assert.AreEqual("4", await MessagesAsync(folder, All with { Categories = ["My A"] }));
    }

    [TestMethod]
    public async Task A_trace_id_is_one_of_several()
    {
        using var folder = new SystemLogFolder();
        await folder.WriteAsync(Record("1", traceId: "aa"), Record("2", traceId: "bb"), Record("3"), Record("4", traceId: "cc"));
        Assert.AreEqual("1 4", await MessagesAsync(folder, All with { TraceIds = ["aa", "CC"] }));
    }

    [TestMethod]
    public async Task Every_term_of_a_text_occurs_in_a_field_of_the_entry_ignoring_case()
    {
        using var folder = new SystemLogFolder();
        await folder.WriteAsync(Record("one", "X: Disk full"), Record("two"), Record("Disk three"));
        Assert.AreEqual("one", await MessagesAsync(folder, All with { Text = " FULL  disk " }));
        Assert.AreEqual("one Disk", string.Join(' ', (await MessagesAsync(folder, All with { Text = "disk" })).Split(' ').Take(2)));
        Assert.AreEqual("two", await MessagesAsync(folder, All with { Text = "zotify.TESTS TWO" }));
        Assert.AreEqual("", await MessagesAsync(folder, All with { Text = "[inf] two" }), "levels and times have filters of their own");
        Assert.AreEqual("", await MessagesAsync(folder, All with { Text = "two three" }));
    }

    [TestMethod]
    public void A_query_that_asks_for_too_much_is_refused_before_anything_is_read()
    {
        using var folder = new SystemLogFolder();
        string[] many = [.. Enumerable.Repeat("x", 101)];
        (SystemLogQuery Query, string Parameter)[] queries =
        [
            (All with { Categories = many }, "Categories"), (All with { TraceIds = many }, "TraceIds"),
            (All with { Text = string.Join(' ', many) }, "Text"), (All with { Text = new string('x', 1_001) }, "Text"),
        ];
        foreach (var (query, parameter) in queries)
            Assert.AreEqual(parameter, Assert.ThrowsExactly<ArgumentException>(() => folder.Tail().ReadAsync(query, default)).ParamName);
        _ = folder.Tail()
            .ReadAsync(
                All with { Categories = many[..100], TraceIds = many[..100], Text = string.Join(' ', many[..99]) + " " + new string('x', 1_000) },
                default);
    }

    [TestMethod]
    public async Task The_rest_of_an_exception_passes_only_where_no_level_category_or_trace_is_asked()
    {
        using var folder = new SystemLogFolder();
        folder.Append("\t   at A()\n");
        await folder.WriteAsync(Record("line", traceId: "aa"));
        Assert.AreEqual("   at A()", ((SystemLogEntry)(await ReadAsync(folder, All))[0]).Exception);
        Assert.HasCount(1, await ReadAsync(folder, All with { Text = "at a" }));
        Assert.HasCount(1, await ReadAsync(folder, All with { MinimumLevel = LogLevel.Debug }));
        Assert.HasCount(1, await ReadAsync(folder, All with { Categories = ["Zotify"] }));
        Assert.HasCount(1, await ReadAsync(folder, All with { TraceIds = ["aa"] }));
        Assert.HasCount(2, await ReadAsync(folder, All));
    }

    [TestMethod]
    public async Task Only_whole_lines_are_read()
    {
        using var folder = new SystemLogFolder();
        await folder.WriteAsync(Numbered(1, 2));
        folder.Append("2026-11-23T15:06:10.0000000Z [INF] - Zotify.Tests[0] hal");
        Assert.AreEqual(Range(1, 2), await MessagesAsync(folder, All));
        Assert.AreEqual(Range(1, 2), await MessagesAsync(folder, All with { Tail = null, Since = SystemLogFolder.Time }));
        folder.Append("f\n");
        Assert.AreEqual("half", await MessagesAsync(folder, All with { Tail = 1 }));
    }
}
