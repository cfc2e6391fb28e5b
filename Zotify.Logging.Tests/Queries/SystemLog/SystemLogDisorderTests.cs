using System.Text;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Handlers.System;

namespace Zotify.Logging.Tests.Queries.SystemLog;

/// <summary>Counts of lines that are not in order of time: of a ring, of a clock that was set, of other programs.</summary>
[TestClass]
public sealed class SystemLogDisorderTests
{
    private const int Mebibyte = 1024 * 1024;

    private static readonly DateTimeOffset Time = SystemLogFolder.Time;

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task A_range_that_begins_within_the_minute_of_the_newest_line_is_counted()
    {
        using var folder = new SystemLogFolder();
        folder.Append(Line(0) + Line(20) + Line(40));

        var histogram = await CountAsync(folder, new SystemLogQuery { Since = Time.AddSeconds(10) });

        Assert.AreEqual(2, histogram.Items.Single().Count);
        Assert.IsNull(histogram.StoppedAt);
        folder.Append("9999-12-31T23:59:59.9999999Z [INF] - A[0] the end of the calendar\n");
        var all = await CountAsync(folder, new SystemLogQuery { Since = new DateTimeOffset(9999, 12, 31, 23, 59, 58, TimeSpan.Zero) });
        Assert.AreEqual(1, all.Items.Sum(item => item.Count));
    }

    [TestMethod]
    public async Task An_old_line_of_a_ring_does_not_end_the_counting()
    {
        using var folder = new SystemLogFolder();
        folder.Append(Line(0) + Line(1) + Line(-3_600) + Line(-75) + Line(2));

        var histogram = await CountAsync(folder, new SystemLogQuery { Since = Time });

        Assert.AreEqual(3, histogram.Items.Sum(item => item.Count));
        Assert.IsNull(histogram.StoppedAt);
    }

    [TestMethod]
    public async Task A_range_far_back_counts_the_lines_that_a_ring_wrote_soon_after_it()
    {
        using var folder = new SystemLogFolder();
        folder.Append(Line(0) + Lines(600, 2 * Mebibyte) + Line(1) + Lines(900, 8 * Mebibyte));

        var histogram = await CountAsync(folder, new SystemLogQuery { Since = Time, Until = Time.AddSeconds(10) });

        Assert.AreEqual(2, histogram.Items.Sum(item => item.Count));
    }

    [TestMethod]
    public async Task A_clock_that_was_set_back_hides_no_line()
    {
        using var folder = new SystemLogFolder();
        // The clock was two hours fast until it was set.
        folder.Append(Line(0) + Lines(7_200, 5 * Mebibyte) + Line(1) + Lines(2, 2 * Mebibyte) + Line(3));
        var query = new SystemLogQuery { Since = Time, Until = Time.AddSeconds(60), Text = "single" };

        Assert.AreEqual(3, (await CountAsync(folder, query)).Items.Sum(item => item.Count));
    }

    [TestMethod]
    public async Task Only_many_older_lines_end_the_counting()
    {
        using var folder = new SystemLogFolder();
        folder.Append(Line(0) + Lines(-600, SystemLogCounter.MostOlder + Mebibyte) + Line(1));

        Assert.AreEqual(1, (await CountAsync(folder, new SystemLogQuery { Since = Time })).Items.Sum(item => item.Count));
    }

    [TestMethod]
    public async Task A_counting_that_stops_in_text_without_times_says_so()
    {
        using var folder = new SystemLogFolder();
        folder.Append(Line(0) + Text(2 * Mebibyte) + Line(120));
        var tail = new SystemLogTail(folder.Active, TimeProvider.System, new FixedReadYourWrites()) { MostSearched = Mebibyte };

        var histogram = await tail.CountAsync(new SystemLogQuery(), null, TestContext.CancellationToken);

        Assert.AreEqual(Time.AddSeconds(120).UtcDateTime, histogram.StoppedAt);
        Assert.AreEqual(1, histogram.Items.Sum(item => item.Count));
        // Where no line at all has a time, nothing is known of the range.
        folder.Append(Text(3 * Mebibyte));
        var none = await tail.CountAsync(new SystemLogQuery { Until = Time.AddDays(1) }, null, TestContext.CancellationToken);
        Assert.AreEqual(Time.AddDays(1).UtcDateTime, none.StoppedAt);
        Assert.IsEmpty(none.Items);
    }

    [TestMethod]
    public async Task Where_the_counting_stops_an_old_line_does_not_say_that_all_since_then_is_counted()
    {
        using var folder = new SystemLogFolder();
        folder.Append(Lines(0, Mebibyte) + Lines(600, Mebibyte) + Line(-86_400));
        var tail = new SystemLogTail(folder.Active, TimeProvider.System, new FixedReadYourWrites()) { MostSearched = 1 };

        var histogram = await tail.CountAsync(new SystemLogQuery(), null, TestContext.CancellationToken);

        Assert.AreEqual(Time.AddSeconds(600).UtcDateTime, histogram.StoppedAt);
    }

    private static string Line(int second, string message = "a single line") =>
        $"{Time.AddSeconds(second).UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'} [INF] - A[0] {message}\n";

    /// <summary>So many bytes of lines of one time.</summary>
    private static string Lines(int second, int size)
    {
        var line = Line(second, new string('x', 960));
        return new StringBuilder().Insert(0, line, size / line.Length).ToString();
    }

    /// <summary>So many bytes of lines that the log did not write.</summary>
    private static string Text(int size)
    {
        var line = new string('y', 1_000) + "\n";
        return new StringBuilder().Insert(0, line, size / line.Length).ToString();
    }

    private Task<SystemLogHistogram> CountAsync(SystemLogFolder folder, SystemLogQuery query) =>
        folder.Tail().CountAsync(query, null, TestContext.CancellationToken);
}
