using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Handlers.System;
using static Zotify.Logging.Tests.Handlers.System.SystemLogFolder;

namespace Zotify.Logging.Tests.Queries.SystemLog;

/// <summary>Many subscribers of one log share their reads, and that loses and doubles nothing.</summary>
[TestClass]
public sealed class SystemLogSharedTests
{
    private const int Lines = 4_000;

    [TestMethod]
    public async Task Subscribers_at_the_end_get_the_same_entries()
    {
        using var folder = new SystemLogFolder();
        await folder.WriteAsync(Numbered(1, 3));
        var tail = folder.Tail();
        await using var first = new SystemLogSubscriber(tail, new SystemLogQuery { Tail = 0 });
        await using var second = new SystemLogSubscriber(tail, new SystemLogQuery { Tail = 0 });
        await using var filtered = new SystemLogSubscriber(tail, new SystemLogQuery { Tail = 0, Text = "000005" });
        Assert.IsFalse(first.Ask() || second.Ask() || filtered.Ask());
        await folder.WriteAsync(Numbered(4, 2));
        Assert.AreSame(await first.NextAsync(), await second.NextAsync());
        Assert.AreSame(await first.NextAsync(), await filtered.NextAsync());
    }

    [TestMethod]
    public async Task While_files_roll_subscribers_of_every_kind_miss_and_repeat_nothing()
    {
        using var folder = new SystemLogFolder();
        (folder.Options.MaxFileSize, folder.Options.RetainedFiles) = (SizeOf(13), 100_000);
        var tail = folder.Tail();
        await using var steady = new SystemLogSubscriber(tail);
        await using var filtered = new SystemLogSubscriber(tail, new SystemLogQuery { Text = "7" });
        Assert.IsFalse(steady.Ask() || filtered.Ask());
        var writing = WriteAsync(folder);
        var reads = await Task.WhenAll(
            Task.Run(() => steady.MessagesAsync(Lines)),
            Task.Run(() => ComeAndGoAsync(tail, 1)),
            Task.Run(() => ComeAndGoAsync(tail, 2)),
            Task.Run(() => ComeAndGoAsync(tail, 3)));
        foreach (var read in reads) CollectionAssert.AreEqual(Expected, read);
        var sevens = Expected.Where(message => message.Contains('7', StringComparison.Ordinal)).ToArray();
        CollectionAssert.AreEqual(sevens, await filtered.MessagesAsync(sevens.Length));
        await writing;
    }

    [TestMethod]
    public async Task A_subscriber_further_behind_than_the_kept_blocks_goes_on_from_the_file()
    {
        using var folder = new SystemLogFolder();
        (folder.Options.MaxFileSize, folder.Options.RetainedFiles) = (SizeOf(5_000), 100_000);
        var tail = folder.Tail();
        await using var fast = new SystemLogSubscriber(tail);
        await using var slow = new SystemLogSubscriber(tail);
        Assert.IsFalse(fast.Ask() || slow.Ask());
        // Ten times the size of the kept blocks.
        var expected = Numbered(1, 20_000).Select(record => record.Message).ToArray();
        await using (var handler = await folder.StartAsync())
        {
            for (var i = 1; i < expected.Length; i += 1_000)
            {
                await handler.WriteAsync(
                    [.. Numbered(i, 1_000).Select(record => Record(record.Message, exception: new string('x', 1_000)))], default);
                CollectionAssert.AreEqual(expected[(i - 1)..(i + 999)], await fast.MessagesAsync(1_000));
            }
        }

        CollectionAssert.AreEqual(expected, await slow.MessagesAsync(expected.Length));
        Assert.IsFalse(fast.Ask() || slow.Ask());
        await folder.WriteAsync(Numbered(1, 1));
        Assert.AreSame(await fast.NextAsync(), await slow.NextAsync(), "it is back at the shared end");
    }

    private static string[] Expected { get; } = [.. Numbered(1, Lines).Select(record => record.Message)];

    private static async Task<string[]> ComeAndGoAsync(SystemLogTail tail, int seed)
    {
        var random = new Random(seed);
        var read = new List<string>();
        string? position = null;
        while (read.Count < Lines)
        {
            var query = position is null ? new SystemLogQuery { Since = SystemLogFolder.Time } : new SystemLogQuery { After = position };
            await using var subscriber = new SystemLogSubscriber(tail, query);
            for (var i = random.Next(1, 300); i > 0 && read.Count < Lines; i--)
            {
                var entry = (SystemLogEntry)await subscriber.NextAsync();
                position = entry.Cursor;
                read.Add(entry.Message!);
            }
        }

        return [.. read];
    }

    /// <summary>Writes batches of 1 to 50 records, some after a moment in which subscribers come to the end.</summary>
    private static Task WriteAsync(SystemLogFolder folder) => Task.Run(async () =>
    {
        var random = new Random(6102);
        await using var handler = await folder.StartAsync();
        for (var i = 1; i <= Lines;)
        {
            var count = Math.Min(random.Next(1, 50), Lines - i + 1);
            await handler.WriteAsync(Numbered(i, count), default);
            i += count;
            if (random.Next(4) == 0) await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 30)), TimeProvider.System);
        }
    });
}
