using Microsoft.Extensions.Logging;
using Zotify.Logging.Projection;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Queries.Live;

namespace Zotify.Logging.Tests.Queries.Jobs;

/// <summary>Pages of a job's log give every entry once and in order, however many instances write.</summary>
public abstract class JobLogPagesContract : JobLogsFixture
{
    [TestMethod]
    public async Task Pages_give_every_entry_once_in_order()
    {
        await AddAsync(
            [
                .. Enumerable.Range(0, 50).Select(
                    i => Lines.Job(i % 2 == 0 ? "sync-1" : "other", at: Lines.Noon.AddSeconds(-i), message: $"{i}"))
            ]);

        foreach (var limit in (int[])[1, 4, 24, 25, 26])
        {
            var found = new List<string?>();
            JobLogPage? page = null;
            do
            {
                page = (await ReadAsync(new JobLogQuery("sync-1") { Limit = limit, After = page?.NextAfter }))!;
                found.AddRange(page.Items.Select(item => item.Message));
            }
            while (page.More);

            AssertSame(found, Enumerable.Range(0, 25).Select(i => $"{i * 2}").ToArray());
        }
    }

    [TestMethod]
    public async Task A_reader_that_comes_back_goes_on_after_the_last_entry_it_saw()
    {
        await AddAsync(Lines.Job(message: "1"));
        var first = (await ReadAsync(new JobLogQuery("sync-1")))!;
        Assert.IsFalse(first.More);

        var nothing = (await ReadAsync(new JobLogQuery("sync-1") { After = first.NextAfter }))!;
        Assert.AreEqual((0, first.NextAfter, false), (nothing.Items.Count, nothing.NextAfter, nothing.More));

        await AddAsync(Lines.Job(message: "2"));
        Assert.AreEqual("2", await FoundAsync(new JobLogQuery("sync-1") { After = nothing.NextAfter }));
    }

    [TestMethod]
    public async Task A_tail_is_the_last_entries_that_match_in_order()
    {
        await AddAsync([.. Enumerable.Range(0, 10).Select(i => Lines.Job(level: i % 2 == 0 ? "Information" : "Warning", message: $"{i}"))]);
        var fourth = (await ReadAsync(new JobLogQuery("sync-1") { Limit = 4 }))!.NextAfter;

        Assert.AreEqual("7 8 9", await FoundAsync(new JobLogQuery("sync-1") { Tail = 3 }));
        Assert.AreEqual("5 7 9", await FoundAsync(new JobLogQuery("sync-1") { Tail = 3, MinimumLevel = LogLevel.Warning }));
        Assert.AreEqual("4 5 6 7 8 9", await FoundAsync(new JobLogQuery("sync-1") { Tail = 100, After = fourth }));
        Assert.AreEqual("8 9", await FoundAsync(new JobLogQuery("sync-1") { Tail = 2, After = fourth }));
        Assert.AreEqual("", await FoundAsync(new JobLogQuery("sync-1") { Tail = 0 }));

        var page = (await ReadAsync(new JobLogQuery("sync-1") { Tail = 5, Limit = 2 }))!;
        Assert.AreEqual(("5 6", true), (string.Join(' ', page.Items.Select(item => item.Message)), page.More));
        Assert.AreEqual("7 8 9", await FoundAsync(new JobLogQuery("sync-1") { After = page.NextAfter }));
    }

    [TestMethod]
    [DataRow("Information", DisplayName = "all entries")]
    [DataRow("Warning", DisplayName = "some of the entries")]
    public async Task Pages_of_a_job_of_several_journals_give_every_entry_once_in_order(string level)
    {
        await AddToJournalsAsync(journals: 5, rounds: 8 / Store.Every(2));
        var entries = 60 / Store.Every(2);
        var minimum = Enum.Parse<LogLevel>(level);
        var all = (await ReadAsync(new JobLogQuery("sync-1") { MinimumLevel = minimum }))!.Items;
        Assert.HasCount(level == "Warning" ? entries / 3 : entries, all);
        CollectionAssert.AreEqual(all.Select(entry => entry.Id).Order().ToArray(), all.Select(entry => entry.Id).ToArray());

        foreach (var limit in (int[])[1, 3, 7, entries - 1, entries, entries + 1])
        {
            var found = new List<JobLogEntry>();
            JobLogPage? page = null;
            do
            {
                page = (await ReadAsync(new JobLogQuery("sync-1") { Limit = limit, MinimumLevel = minimum, After = page?.NextAfter }))!;
                found.AddRange(page.Items);
            }
            while (page.More);

            AssertSame(found.Select(entry => entry.Id), all.Select(entry => entry.Id).ToArray());
            Assert.IsEmpty((await ReadAsync(new JobLogQuery("sync-1") { MinimumLevel = minimum, After = page.NextAfter }))!.Items);
        }
    }

    [TestMethod]
    public async Task Before_the_cursor_of_an_entry_is_what_was_read_before_it()
    {
        await AddToJournalsAsync(journals: 3, rounds: 2);
        var tail = new JobLogTail(new LiveDatabase(Database, TimeProvider.System), new FixedReadYourWrites());
        var all = await StreamAsync(new JobStreamQuery("sync-1") { Follow = false });
        var messages = all.ConvertAll(record => record.Entry.Message);
        for (var i = 0; i < all.Count; i++)
        {
            var before = all[i].Cursor;
            AssertSame((await ReadAsync(new JobLogQuery("sync-1") { Before = before }))!.Items.Select(entry => entry.Message), [.. messages[..i]]);
            AssertSame((await StreamAsync(new JobStreamQuery("sync-1") { Before = before })).Select(Message), [.. messages[..i]]);
            AssertSame(
                (await StreamAsync(new JobStreamQuery("sync-1") { Before = before, Tail = 2 })).Select(Message), [.. messages[..i].TakeLast(2)]);
        }

        static string? Message(JobLogRecord record) => record.Entry.Message;

        async Task<List<JobLogRecord>> StreamAsync(JobStreamQuery query)
        {
            await using var subscriber = new BlockSubscriber<JobLogEntry>((await tail.OpenAsync(query, Cancellation))!.Blocks);
            return [.. (await subscriber.RestAsync()).OfType<JobLogRecord>()];
        }
    }

    [TestMethod]
    public async Task The_tail_of_a_job_of_several_journals_goes_on_page_by_page()
    {
        await AddToJournalsAsync(journals: 3, rounds: 4);
        var all = (await ReadAsync(new JobLogQuery("sync-1")))!.Items.Select(entry => entry.Id).ToArray();

        foreach (var (tail, limit) in ((int, int)[])[(1, 1), (5, 2), (7, 7), (20, 3), (100, 5)])
        {
            var expected = all.TakeLast(tail).ToArray();
            var page = (await ReadAsync(new JobLogQuery("sync-1") { Tail = tail, Limit = limit }))!;
            var found = page.Items.Select(entry => entry.Id).ToList();
            while (page.More)
            {
                page = (await ReadAsync(new JobLogQuery("sync-1") { Limit = limit, After = page.NextAfter }))!;
                found.AddRange(page.Items.Select(entry => entry.Id));
            }

            CollectionAssert.AreEqual(expected, found, $"the last {tail}, {limit} at once");
        }
    }

    [TestMethod]
    public async Task An_entry_that_another_instance_commits_late_is_not_skipped_though_its_number_is_lower()
    {
        var other = new FakeJournal();
        other.Append(Lines.Job(message: "first of the other", instance: "m2/app"));
        await AddAsync(Lines.Job(message: "1"), Lines.Job(message: "2"));
        await ProjectAsync(new UnsettledJobs(), other, "m2/app");
        // Entries that the other instance began earlier and has not committed yet.
        await Store.ExecuteAsync("DELETE FROM job_logs WHERE seq = 2");
        var seen = (await ReadAsync(new JobLogQuery("sync-1")))!;
        AssertSame(seen.Items.Select(entry => entry.Message), "1", "first of the other");

        await Store.ExecuteAsync(Store.WithNumbers(
            "job_logs",
            $"""
            INSERT INTO job_logs (id, journal_id, seq, job_id, instance, timestamp, level, category, message)
              VALUES (2, 2, 2, 'sync-1', 'm2/app', {Store.Literal(Lines.Noon)}, 'Information', '', 'late')
            """));

        var next = (await ReadAsync(new JobLogQuery("sync-1") { After = seen.NextAfter }))!;
        Assert.AreEqual("late", next.Items.Single().Message);
        Assert.IsLessThan(seen.Items[^1].Id, next.Items[0].Id, "it is behind the last one that was seen");
        Assert.IsEmpty((await ReadAsync(new JobLogQuery("sync-1") { After = next.NextAfter }))!.Items);
    }

    [TestMethod]
    public async Task A_subscriber_of_a_job_that_two_instances_write_at_once_sees_every_entry_once()
    {
        const int Each = 300;
        var other = new FakeJournal();
        await using var one = Start(new JobProjection());
        await using var two = Start(new JobProjection(), other, Store.Open(), "m2/app");
        var writing = WriteAtOnceAsync(one, two, other, Each);

        await one.CatchUpAsync(1, Cancellation);
        var found = new List<JobLogEntry>();
        string? after = null;
        while (found.Count < 2 * Each)
        {
            var page = (await ReadAsync(new JobLogQuery("sync-1") { After = after, Limit = 7 }))!;
            after = page.NextAfter;
            found.AddRange(page.Items);
        }

        await writing;
        Assert.IsEmpty((await ReadAsync(new JobLogQuery("sync-1") { After = after }))!.Items);
        AssertSame(
            found.Where(entry => entry.Instance == "m1/app").Select(entry => entry.Message!),
            [.. Enumerable.Range(1, Each).Select(i => $"one {i}")]);
        AssertSame(
            found.Where(entry => entry.Instance == "m2/app").Select(entry => entry.Message!),
            [.. Enumerable.Range(1, Each).Select(i => $"two {i}")]);
        Assert.AreEqual(2 * Each, (await JobAsync()).Entries);
    }

    /// <summary>Entries of one job in several journals, some in each round, every third a warning.</summary>
    private async Task AddToJournalsAsync(int journals, int rounds)
    {
        var all = Enumerable.Range(0, journals).Select(_ => new FakeJournal()).ToArray();
        var count = 0;
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < journals; i++)
            {
                if ((round + i) % 2 == 0) continue;
                all[i]
                    .Append(
                        Enumerable.Range(0, 3)
                            .Select(_ => Lines.Job(level: count++ % 3 == 0 ? "Warning" : "Information", instance: $"m{i}/app")));
                await ProjectAsync(new UnsettledJobs(), all[i], $"m{i}/app");
            }
        }
    }
}
