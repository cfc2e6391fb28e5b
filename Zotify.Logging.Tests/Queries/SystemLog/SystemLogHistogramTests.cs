using Microsoft.Extensions.Logging;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Handlers.System;
using static Zotify.Logging.Tests.Handlers.System.SystemLogFolder;

namespace Zotify.Logging.Tests.Queries.SystemLog;

/// <summary>Counts of the system log over time.</summary>
[TestClass]
public sealed class SystemLogHistogramTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Lines_are_counted_by_time_and_level_under_all_filters()
    {
        using var folder = new SystemLogFolder();
        await FillAsync(folder);
        var start = Time.UtcDateTime.Date.AddHours(15);

        Assert.AreEqual("15:06 10/1, 15:07 10/1, 15:08 10/1", await CountAsync(folder, new SystemLogQuery()));
        Assert.AreEqual("15:06 1/1, 15:07 1/1, 15:08 1/1", await CountAsync(folder, new SystemLogQuery { MinimumLevel = LogLevel.Error }));
        Assert.AreEqual("15:06 9/0, 15:07 9/0, 15:08 9/0", await CountAsync(folder, new SystemLogQuery { ExcludedLevels = [LogLevel.Error] }));
        Assert.AreEqual("15:06 1/0, 15:07 1/0, 15:08 1/0", await CountAsync(folder, new SystemLogQuery { Text = "\"number 3\" -error" }));
        Assert.AreEqual("15:07 10/1", await CountAsync(folder, new SystemLogQuery { Since = Utc(start.AddMinutes(7)), Until = Utc(start.AddMinutes(8)) }));
        Assert.AreEqual(
            "15:00 0/0, 15:05 30/3, 15:10 0/0",
            await CountAsync(folder, new SystemLogQuery { Since = Utc(start), Until = Utc(start.AddMinutes(15)) }, TimeSpan.FromMinutes(5)));
        Assert.AreEqual("", await CountAsync(folder, new SystemLogQuery { Categories = ["Other"] }));
        var whole = await folder.Tail().CountAsync(
            new SystemLogQuery { Since = DateTimeOffset.MinValue, Until = DateTimeOffset.MaxValue }, null, Cancellation);
        Assert.AreEqual(30, whole.Items.Sum(item => item.Count), "from the calendar's beginning to its end");
        using var empty = new SystemLogFolder();
        Assert.AreEqual("", await CountAsync(empty, new SystemLogQuery()));
    }

    [TestMethod]
    public async Task A_log_of_many_files_is_counted_as_far_as_it_is_read()
    {
        using var folder = new SystemLogFolder();
        (folder.Options.MaxFileSize, folder.Options.RetainedFiles) = (65_536, 1_000);
        for (var i = 0; i < 40; i++)
            await folder.WriteAsync([.. Enumerable.Range(0, 100).Select(j => Record(new string('x', 900), after: TimeSpan.FromMinutes(i)))]);
        Assert.IsGreaterThan(5, folder.Names.Length);

        var whole = await new SystemLogTail(folder.Active, TimeProvider.System, new FixedReadYourWrites()).CountAsync(new SystemLogQuery(), null, Cancellation);
        Assert.AreEqual((null, 40), (whole.StoppedAt, whole.Items.Count));
        Assert.IsTrue(whole.Items.All(item => item.Count == 100));

        var part = await new SystemLogTail(folder.Active, TimeProvider.System, new FixedReadYourWrites()) { MostSearched = 1 }
            .CountAsync(new SystemLogQuery(), null, Cancellation);
        Assert.IsNotNull(part.StoppedAt);
        Assert.IsLessThan(40, part.Items.Count);
        Assert.IsTrue(part.StoppedAt >= part.Items[0].From && part.StoppedAt < part.Items[0].To, "no bucket is before it");
        Assert.IsTrue(part.Items.Skip(1).All(item => item.Count == 100));

        // What is far back costs no reading of all after it.
        var early = await new SystemLogTail(folder.Active, TimeProvider.System, new FixedReadYourWrites()) { MostSearched = 1 }.CountAsync(
            new SystemLogQuery { Since = Time, Until = Time.AddMinutes(1) }, null, Cancellation);
        Assert.AreEqual(100, early.Items.Sum(item => item.Count));
    }

    private static DateTimeOffset Utc(DateTime time) => new(time, TimeSpan.Zero);

    /// <summary>Thirty lines in three minutes, every tenth an error.</summary>
    private static async Task FillAsync(SystemLogFolder folder)
    {
        for (var minute = 0; minute < 3; minute++)
        {
            await folder.WriteAsync([.. Enumerable.Range(0, 10).Select(i => Record(
                i == 9 ? $"Number {i} error" : $"Number {i}", level: i == 9 ? LogLevel.Error : LogLevel.Information,
                exception: i == 9 ? "Boom\n   at Disk" : null, after: TimeSpan.FromMinutes(minute) + TimeSpan.FromSeconds(i)))]);
        }

        folder.Append("no line of the log\n");
    }

    private async Task<string> CountAsync(SystemLogFolder folder, SystemLogQuery query, TimeSpan? interval = null)
    {
        var histogram = await folder.Tail().CountAsync(query, interval, Cancellation);
        Assert.IsNull(histogram.StoppedAt);
        return string.Join(", ", histogram.Items.Select(item => $"{item.From:HH:mm} {item.Count}/{item.Error}"));
    }
}
