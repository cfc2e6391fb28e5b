using System.Globalization;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Handlers.System;
using static Zotify.Logging.Tests.Handlers.System.SystemLogFolder;

namespace Zotify.Logging.Tests.Queries.SystemLog;

/// <summary>Readers against a writer that rolls all the time.</summary>
[TestClass]
public sealed class SystemLogRotationTests
{
    private const int Lines = 3_000;

    [TestMethod]
    public async Task While_files_roll_all_the_time_every_line_comes_once_and_in_order()
    {
        using var folder = new SystemLogFolder();
        (folder.Options.MaxFileSize, folder.Options.RetainedFiles) = (SizeOf(7), 100_000);
        await using var early = new SystemLogSubscriber(folder.Tail());
        Assert.IsFalse(early.Ask());
        var writing = WriteAsync(folder);
        await using var late = new SystemLogSubscriber(folder.Tail(), new SystemLogQuery { Since = SystemLogFolder.Time });
        var reads = await Task.WhenAll(Task.Run(() => early.MessagesAsync(Lines)), Task.Run(() => late.MessagesAsync(Lines)));
        await writing;
        foreach (var read in reads) CollectionAssert.AreEqual(Expected, read);
    }

    [TestMethod]
    public async Task While_files_roll_a_reader_that_comes_and_goes_misses_and_repeats_nothing()
    {
        using var folder = new SystemLogFolder();
        (folder.Options.MaxFileSize, folder.Options.RetainedFiles) = (SizeOf(11), 100_000);
        var writing = WriteAsync(folder);
        var random = new Random(2026);
        var read = new List<string>();
        string? position = null;
        while (read.Count < Lines)
        {
            var query = position is null ? new SystemLogQuery { Since = SystemLogFolder.Time } : new SystemLogQuery { After = position };
            await using var subscriber = new SystemLogSubscriber(folder.Tail(), query);
            for (var i = random.Next(1, 200); i > 0 && read.Count < Lines; i--)
            {
                var entry = (SystemLogEntry)await subscriber.NextAsync();
                position = entry.Cursor;
                read.Add(entry.Message!);
            }
        }

        await writing;
        CollectionAssert.AreEqual(Expected, read);
    }

    [TestMethod]
    public async Task While_old_files_are_deleted_under_a_reader_every_loss_is_reported()
    {
        using var folder = new SystemLogFolder();
        (folder.Options.MaxFileSize, folder.Options.RetainedFiles) = (SizeOf(3), 2);
        await using var subscriber = new SystemLogSubscriber(folder.Tail());
        Assert.IsFalse(subscriber.Ask());
        var writing = WriteAsync(folder);
        var items = new List<LogItem<SystemLogEntry>>();
        while (items is not [.., SystemLogEntry last] || last.Message != Expected[^1]) items.Add(await subscriber.NextAsync());
        await writing;
        AssertEveryLossIsReported(items);
        var read = items.OfType<SystemLogEntry>().Select(entry => entry.Message).ToArray();
        CollectionAssert.AreEqual(read.Order(StringComparer.Ordinal).Distinct().ToArray(), read);
    }

    [TestMethod]
    public async Task The_tail_of_a_log_that_rolls_is_never_too_long_and_every_loss_is_reported()
    {
        using var folder = new SystemLogFolder();
        (folder.Options.MaxFileSize, folder.Options.RetainedFiles) = (SizeOf(5), 40);
        var writing = WriteAsync(folder);
        while (!writing.IsCompleted)
        {
            await using var subscriber = new SystemLogSubscriber(folder.Tail(), new SystemLogQuery { Follow = false, Tail = 20 });
            var items = await subscriber.RestAsync();
            Assert.IsLessThanOrEqualTo(20, items.Count(item => item is SystemLogEntry));
            AssertEveryLossIsReported(items);
        }

        await writing;
    }

    private static void AssertEveryLossIsReported(List<LogItem<SystemLogEntry>> items)
    {
        int? last = null;
        foreach (var item in items)
        {
            int? number = item is SystemLogEntry entry ? int.Parse(entry.Message!, CultureInfo.InvariantCulture) : null;
            Assert.IsTrue(last is null || number is null || number == last + 1, $"{number} follows {last} without a gap");
            last = number;
        }
    }

    private static string[] Expected { get; } = [.. Numbered(1, Lines).Select(record => record.Message)];

    /// <summary>Writes batches of 1 to 50 records, as fast as it can.</summary>
    private static Task WriteAsync(SystemLogFolder folder) => Task.Run(async () =>
    {
        var random = new Random(6102);
        await using var handler = await folder.StartAsync();
        for (var i = 1; i <= Lines;)
        {
            var count = Math.Min(random.Next(1, 50), Lines - i + 1);
            await handler.WriteAsync(Numbered(i, count), default);
            i += count;
        }
    });
}
