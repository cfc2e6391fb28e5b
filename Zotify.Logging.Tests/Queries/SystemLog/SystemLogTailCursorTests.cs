using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Handlers.System;
using static Zotify.Logging.Tests.Handlers.System.SystemLogFolder;
using static Zotify.Logging.Tests.Queries.SystemLog.SystemLogReads;

namespace Zotify.Logging.Tests.Queries.SystemLog;

/// <summary>A query reads on after or before its cursor, and reports a gap where the line of the cursor is gone.</summary>
[TestClass]
public sealed class SystemLogTailCursorTests
{
    [TestMethod]
    public async Task After_a_cursor_comes_everything_strictly_after_it_and_filters_apply()
    {
        using var folder = new SystemLogFolder();
        folder.Options.MaxFileSize = SizeOf(4);
        await folder.WriteAsync(Numbered(1, 10));
        var entries = await ReadAsync(folder, All);
        for (var i = 0; i < entries.Count; i++)
        {
            var query = new SystemLogQuery { Follow = false, After = entries[i].Cursor };
            Assert.AreEqual(Range(i + 2, 9 - i), await MessagesAsync(folder, query));
            Assert.AreEqual(Range(Math.Max(i + 2, 9), Math.Min(9 - i, 2)), await MessagesAsync(folder, query with { Tail = 2 }));
            Assert.AreEqual(i < 5 ? "000006" : "", await MessagesAsync(folder, query with { Text = "000006" }));
        }
    }

    [TestMethod]
    public async Task Before_a_cursor_come_the_last_entries_strictly_before_it_in_order()
    {
        using var folder = new SystemLogFolder();
        folder.Options.MaxFileSize = SizeOf(4);
        await folder.WriteAsync(Numbered(1, 10));
        var entries = await ReadAsync(folder, All);
        for (var i = 0; i < entries.Count; i++)
        {
            // It never follows, whatever the query has.
            var query = new SystemLogQuery { Follow = true, Before = entries[i].Cursor };
            Assert.AreEqual(Range(1, i), await MessagesAsync(folder, query));
            Assert.AreEqual(Range(Math.Max(1, i - 2), Math.Min(i, 3)), await MessagesAsync(folder, query with { Tail = 3 }));
            Assert.AreEqual(i > 4 ? "000005" : "", await MessagesAsync(folder, query with { Text = "000005" }));
            Assert.AreEqual(Range(4, Math.Max(0, i - 3)), await MessagesAsync(folder, query with { After = entries[2].Cursor }));
        }
    }

    [TestMethod]
    public async Task Before_gives_all_entries_where_no_number_is_asked()
    {
        using var folder = new SystemLogFolder();
        await folder.WriteAsync(Numbered(1, 250));
        var last = (await ReadAsync(folder, All))[^1];
        Assert.AreEqual(Range(1, 249), await MessagesAsync(folder, new SystemLogQuery { Before = last.Cursor }));
        Assert.AreEqual(
            Range(1, 249), await MessagesAsync(folder, new SystemLogQuery { Before = last.Cursor, Since = SystemLogFolder.Time }));
        Assert.AreEqual(Range(240, 10), await MessagesAsync(folder, new SystemLogQuery { Before = last.Cursor, Tail = 10 }));
    }

    [TestMethod]
    public async Task After_a_cursor_that_is_gone_comes_a_gap_and_then_the_oldest_entry()
    {
        using var folder = new SystemLogFolder();
        (folder.Options.MaxFileSize, folder.Options.RetainedFiles) = (SizeOf(2), 1);
        await folder.WriteAsync(Numbered(1, 2));
        var gone = (await ReadAsync(folder, All))[0].Cursor;
        await folder.WriteAsync(Numbered(3, 4));

        var items = await ReadAsync(folder, new SystemLogQuery { Follow = false, After = gone });
        var gap = (LogGap<SystemLogEntry>)items[0];
        Assert.AreEqual((gone, (DateTimeOffset?)null), (gap.From, gap.FromTime));
        Assert.AreEqual(((SystemLogEntry)items[1]).Timestamp, gap.ToTime);
        Assert.AreEqual(Range(3, 4), Messages(items.Skip(1)));
        Assert.AreEqual(Range(3, 4), await MessagesAsync(folder, new SystemLogQuery { Follow = false, After = items[0].Cursor }));
        Assert.IsEmpty(await ReadAsync(folder, new SystemLogQuery { Before = gone }));
        Assert.IsEmpty(await ReadAsync(folder, new SystemLogQuery { Before = items[0].Cursor }));

        var tail = await ReadAsync(folder, new SystemLogQuery { Follow = false, After = gone, Tail = 1 });
        Assert.IsInstanceOfType<LogGap<SystemLogEntry>>(tail[0]);
        Assert.AreEqual("000006", Messages(tail.Skip(1)));
    }

    [TestMethod]
    public async Task A_cursor_before_the_first_line_of_all_is_gone_with_that_line()
    {
        using var folder = new SystemLogFolder();
        var start = SystemLogCursor.Start.ToString();
        (folder.Options.MaxFileSize, folder.Options.RetainedFiles) = (SizeOf(2), 1);
        await folder.WriteAsync(Numbered(1, 4));
        Assert.AreEqual(Range(1, 4), await MessagesAsync(folder, new SystemLogQuery { Follow = false, After = start }));
        await folder.WriteAsync(Numbered(5, 2));
        var items = await ReadAsync(folder, new SystemLogQuery { Follow = false, After = start });
        Assert.AreEqual(start, ((LogGap<SystemLogEntry>)items[0]).From);
        Assert.AreEqual(Range(3, 4), Messages(items.Skip(1)));
    }

    [TestMethod]
    public async Task A_cursor_beyond_the_end_or_inside_a_line_is_gone()
    {
        using var folder = new SystemLogFolder();
        await folder.WriteAsync(Numbered(1, 3));
        var file = (await ReadAsync(folder, All))[0].Cursor.Split('.')[0];
        foreach (var offset in new[] { 1, SizeOf(3) + 1, SizeOf(4) })
            Assert.IsInstanceOfType<LogGap<SystemLogEntry>>(
                (await ReadAsync(folder, new SystemLogQuery { Follow = false, After = $"{file}.{offset}" }))[0]);
    }

    [TestMethod]
    public async Task In_an_empty_log_every_cursor_is_gone()
    {
        using var folder = new SystemLogFolder();
        var position = new string('a', 16) + ".5";
        Assert.IsInstanceOfType<LogGap<SystemLogEntry>>(
            (await ReadAsync(folder, new SystemLogQuery { Follow = false, After = position })).Single());
        Assert.IsEmpty(await ReadAsync(folder, new SystemLogQuery { Before = position }));
    }

    [TestMethod]
    public async Task A_cursor_survives_renaming()
    {
        using var folder = new SystemLogFolder();
        await folder.WriteAsync(Numbered(1, 3));
        var position = (await ReadAsync(folder, All))[1].Cursor;
        folder.Options.MaxFileSize = SizeOf(1);
        await folder.WriteAsync(Numbered(4, 3));
        Assert.AreEqual(Range(3, 4), await MessagesAsync(folder, new SystemLogQuery { Follow = false, After = position }));
    }
}
