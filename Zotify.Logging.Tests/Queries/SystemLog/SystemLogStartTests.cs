using System.Globalization;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Handlers.System;
using Zotify.Logging.Tests.Support;
using static Zotify.Logging.Tests.Handlers.System.SystemLogFolder;

namespace Zotify.Logging.Tests.Queries.SystemLog;

/// <summary>A query with a start in time reads no file that ends before it, and loses no line by that.</summary>
[TestClass]
public sealed class SystemLogStartTests
{
    private const int Minutes = 40;

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task The_files_before_the_start_are_not_read()
    {
        using var folder = await FilledAsync();
        var tail = folder.Tail();
        var all = await ReadAsync(tail, DateTimeOffset.MinValue);
        Assert.HasCount(100 * Minutes, all.Messages);

        var late = await ReadAsync(tail, Time.AddMinutes(Minutes - 2));

        Assert.HasCount(200, late.Messages);
        TestContext.WriteLine($"{late.Bytes} of {all.Bytes} bytes are read");
        Assert.IsLessThan(all.Bytes / 8, late.Bytes);
        var none = await ReadAsync(tail, Time.AddDays(1));
        Assert.IsEmpty(none.Messages);
        Assert.IsLessThan(all.Bytes / 8, none.Bytes);
    }

    [TestMethod]
    public async Task The_last_lines_since_a_time_are_not_searched_for_before_it()
    {
        using var folder = await FilledAsync();
        var tail = new SystemLogTail(folder.Active, TimeProvider.System, new FixedReadYourWrites()) { MostSearched = 1_000_000 };
        var query = new SystemLogQuery { Follow = false, Tail = 10, Text = "0-0" };

        Assert.IsInstanceOfType<LogIncomplete<SystemLogEntry>>((await tail.ReadAsync(query, Cancellation).ToListAsync(Cancellation))[0]);
        Assert.IsEmpty(await tail.ReadAsync(query with { Since = Time.AddMinutes(Minutes - 2) }, Cancellation).ToListAsync(Cancellation));
        var first = await tail.ReadAsync(
            query with { Tail = 1, Text = null, Since = Time.AddMinutes(Minutes - 2) }, Cancellation).ToListAsync(Cancellation);
        var before = await tail.ReadAsync(
            query with { Tail = 1_000, Text = null, Since = Time.AddMinutes(Minutes - 2), Before = first.Single().Cursor }, Cancellation)
            .ToListAsync(Cancellation);
        Assert.HasCount(199, before);
    }

    [TestMethod]
    public async Task A_file_of_a_clock_that_was_ahead_is_read()
    {
        using var folder = new SystemLogFolder();
        folder.Options.MaxFileSize = 1024 * 1024;
        await WriteAsync(folder, 0, 1_500);
        await WriteAsync(folder, 1_500, 100, ahead: 100_000);
        await WriteAsync(folder, 1_600, 1_500);
        foreach (var name in folder.Names) File.SetLastWriteTimeUtc(folder.PathOf(name), Time.UtcDateTime.AddSeconds(3_100));

        var found = await ReadAsync(folder.Tail(), Time.AddSeconds(100_000));

        CollectionAssert.AreEqual(Enumerable.Range(1_500, 100).Select(Name).ToArray(), found.Messages);
    }

    [TestMethod]
    public async Task Lines_are_found_whatever_their_order_if_they_were_written_after_their_time()
    {
        var random = new Random(17);
        using var folder = new SystemLogFolder();
        (folder.Options.MaxFileSize, folder.Options.RetainedFiles) = (16_384, 1_000);
        var lines = new List<(int Second, string Name)>();
        for (var second = 0; second < 600; second += 10)
        {
            // A ring writes lines that are as old as their job.
            var times = Enumerable.Range(0, 10).Select(_ => random.Next(4) == 0 ? random.Next(second + 1) : second).ToArray();
            var records = times.Select((time, i) => Record(Line(lines.Count + i), after: TimeSpan.FromSeconds(time))).ToArray();
            lines.AddRange(times.Select((time, i) => (time, Name(lines.Count + i))).ToArray());
            await folder.WriteAsync(records);
        }

        Assert.IsGreaterThan(20, folder.Names.Length);
        SetWriteTimes(folder);
        var tail = folder.Tail();
        for (var round = 0; round < 50 * TestScale.Factor; round++)
        {
            var since = random.Next(700);
            var found = await ReadAsync(tail, Time.AddSeconds(since));
            CollectionAssert.AreEqual(lines.Where(line => line.Second >= since).Select(line => line.Name).ToArray(), found.Messages, $"{since}");
        }
    }

    /// <summary>Many files, a hundred lines a minute, each file last written at the time of its newest line.</summary>
    private static async Task<SystemLogFolder> FilledAsync()
    {
        var folder = new SystemLogFolder();
        (folder.Options.MaxFileSize, folder.Options.RetainedFiles) = (65_536, 1_000);
        for (var minute = 0; minute < Minutes; minute++)
        {
            await folder.WriteAsync(
                [.. Enumerable.Range(0, 100).Select(i => Record($"{minute}-{i} {new string('x', 900)}", after: TimeSpan.FromMinutes(minute)))]);
        }

        SetWriteTimes(folder);
        return folder;
    }

    private static Task WriteAsync(SystemLogFolder folder, int first, int count, int ahead = 0) => folder.WriteAsync(
        [.. Enumerable.Range(first, count).Select(i => Record(Line(i), after: TimeSpan.FromSeconds(i + ahead)))]);

    private static string Name(int number) => number.ToString("D6", CultureInfo.InvariantCulture);

    private static string Line(int number) => $"{Name(number)} {new string('x', 900)}";

    /// <summary>Says of each rolled file that it was last written at the newest time in it and in those before.</summary>
    private static void SetWriteTimes(SystemLogFolder folder)
    {
        var written = DateTime.MinValue;
        foreach (var name in folder.Names[..^1])
        {
            var newest = File.ReadLines(folder.PathOf(name)).Max(line => line[..28])!;
            var time = DateTimeOffset.Parse(newest, CultureInfo.InvariantCulture).UtcDateTime;
            if (time > written) written = time;
            File.SetLastWriteTimeUtc(folder.PathOf(name), written);
        }
    }

    private async Task<(string[] Messages, long Bytes)> ReadAsync(SystemLogTail tail, DateTimeOffset since)
    {
        var blocks = await tail.ReadBlocksAsync(new SystemLogQuery { Follow = false, Since = since }, Cancellation).ToListAsync(Cancellation);
        return (
            [.. blocks.SelectMany(block => block.Items).Cast<SystemLogEntry>().Select(entry => entry.Message!.Split(' ')[0])],
            blocks.Sum(block => (long)block.Size));
    }
}
