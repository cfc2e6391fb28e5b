using Microsoft.Extensions.Logging;
using Zotify.Logging.Projection;
using Zotify.Logging.Queries;
using Zotify.Logging.Records;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Jobs;

/// <summary>The entries of a job's log, with their order and pages.</summary>
public abstract class JobLogsContract : StoreContract
{
    private JobLogs Logs => new(Database, new FixedReadYourWrites());

    [TestMethod]
    public async Task A_job_comes_with_its_summary_and_its_entries_with_all_fields()
    {
        await AddAsync(
            """
            {"timestamp":"2026-11-23T15:06:10.1234567Z","job_id":"sync-1","job_type":"sync","level":"Error","category":"Zotify.Sync","event_id":7,"event_name":"job.failed",
            "message":"5/100","exception":"Boom","progress_done":5,"progress_total":100,"properties":{"Done":5},"seq":1,"trace_id":"4bf9","span_id":"00f0","instance":"m1/app"}
            """.ReplaceLineEndings(""));

        var page = (await ReadAsync(new JobLogQuery("sync-1")))!;

        var at = new DateTime(2026, 11, 23, 15, 6, 10, DateTimeKind.Utc).AddTicks(1_234_567);
        Assert.AreEqual(
            new JobSummary
            {
                JobId = "sync-1", JobType = "sync", Status = "failed", ProgressDone = 5, ProgressTotal = 100, Entries = 1, Warnings = 0,
                Errors = 1,
                FirstAt = at, LastAt = at, EndedAt = at, LastMessage = "5/100",
            },
            page.Job);
        var entry = page.Items.Single();
        Assert.AreEqual("""{"Done":5}""", entry.Properties!.Value.GetRawText());
        Assert.AreEqual(
            new JobLogEntry
            {
                Id = 1, Journal = Journal.Id, Seq = 1, JobId = "sync-1", Instance = "m1/app", Timestamp = at, Level = "Error",
                Category = "Zotify.Sync", EventId = 7,
                EventName = "job.failed", Message = "5/100", Exception = "Boom", ProgressDone = 5, ProgressTotal = 100, TraceId = "4bf9",
                SpanId = "00f0",
            },
            entry with { Properties = null });
    }

    [TestMethod]
    public async Task An_unknown_job_is_null()
    {
        await AddAsync(Lines.Job("sync-1"));

        foreach (var text in (string[])["sync-2", "Sync-1", "sync-1 ", "", "%", .. HostileText.Values])
            Assert.IsNull(await ReadAsync(new JobLogQuery(text)), text);
    }

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
        await AddToJournalsAsync(journals: 5, rounds: 8);
        var minimum = Enum.Parse<LogLevel>(level);
        var all = (await ReadAsync(new JobLogQuery("sync-1") { MinimumLevel = minimum }))!.Items;
        Assert.HasCount(level == "Warning" ? 20 : 60, all);
        CollectionAssert.AreEqual(all.Select(entry => entry.Id).Order().ToArray(), all.Select(entry => entry.Id).ToArray());

        foreach (var limit in (int[])[1, 3, 7, 59, 60, 61])
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
        var writing = Task.Run(
            async () =>
            {
                for (var i = 1; i <= Each; i++)
                {
                    Journal.Append(Lines.Job(message: $"one {i}"));
                    other.Append(Lines.Job(message: $"two {i}", instance: "m2/app"));
                    if (i % 20 == 0) await Task.WhenAll(one.CatchUpAsync(i, Cancellation), two.CatchUpAsync(i, Cancellation));
                }
            },
            Cancellation);

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

    [TestMethod]
    public async Task Filters_combine()
    {
        await AddAsync(
            Lines.Job(level: "Trace", message: "0 Track one"), Lines.Job(level: "Error", message: "1 Track TWO"), Lines.Job(
                level: "Critical", message: "2 track two"),
            Lines.Job(
                level: "Error",
                at: Lines.Noon.AddTicks(1),
                message: "3 track two 100%"), Lines.Job(level: "Error", at: Lines.Noon.AddTicks(2), message: "4 track two"),
            Lines.Job(level: "Debug"));

        Assert.AreEqual("1 2 3 4", await FoundAsync(new JobLogQuery("sync-1") { MinimumLevel = LogLevel.Error }));
        Assert.AreEqual("2", await FoundAsync(new JobLogQuery("sync-1") { MinimumLevel = LogLevel.Critical }));
        Assert.AreEqual("", await FoundAsync(new JobLogQuery("sync-1") { MinimumLevel = LogLevel.None }));
        Assert.AreEqual("1 2 3 4", await FoundAsync(new JobLogQuery("sync-1") { Text = "two TRACK" }));
        Assert.AreEqual("3", await FoundAsync(new JobLogQuery("sync-1") { Text = "0%" }));
        Assert.AreEqual("3", await FoundAsync(new JobLogQuery("sync-1") { From = Lines.Noon.AddTicks(1), To = Lines.Noon.AddTicks(2) }));
        Assert.AreEqual(
            "4",
            await FoundAsync(new JobLogQuery("sync-1") { From = Lines.Noon.AddTicks(1), Text = "4", MinimumLevel = LogLevel.Warning }));
    }

    [TestMethod]
    public async Task A_term_is_found_in_all_that_a_reader_sees_of_an_entry()
    {
        await AddAsync(
            Lines.Job(message: "1", exception: "System.IO.IOException: No space left\n   at Zotify.Disk.Write()"),
            Lines.Job(message: "2", eventName: "track.skipped"), Lines.Job(message: "3", properties: new { reason = "say \"hi\"" }));
        foreach (var (text, found) in ((string, string)[])
            [
                ("ioexception", "1"), ("space\tleft", "1"), ("track.skipped", "2"), ("\"hi\\", ""), ("\"hi\"", "3"), ("REASON", "3"),
                ("zotify.sync", "1 2 3"), ("zotify.sync\n2", "2"), ("nothing", ""),
            ])
        {
            Assert.AreEqual(found, await FoundAsync(new JobLogQuery("sync-1") { Text = text }), text);
        }
    }

    [TestMethod]
    public async Task A_long_id_finds_its_job_as_the_application_named_it()
    {
        var id = new string('x', 300);
        await AddAsync(Lines.Job(id, message: "1"), Lines.Job(id + "y", message: "2"));

        Assert.AreEqual("1", await FoundAsync(new JobLogQuery(id)));
        Assert.AreEqual("1", await FoundAsync(new JobLogQuery(JobIds.Shorten(id))));
    }

    [TestMethod]
    public async Task Hostile_ids_and_terms_match_themselves_and_nothing_else()
    {
        await AddAsync(
            [
                .. HostileText.Values.Select((text, i) => Lines.Job(text, message: $"{i}")),
                .. HostileText.Values.Select((text, i) => Lines.Job("all", message: $"{i}~{text}~"))
            ]);

        for (var i = 0; i < HostileText.Values.Length; i++)
        {
            var text = HostileText.Values[i];
            Assert.AreEqual($"{i}", await FoundAsync(new JobLogQuery(text)), text);
            var word = $"~{text}~";
            if (text.Any(char.IsWhiteSpace)) continue;
            Assert.AreEqual($"{i}", await FoundAsync(new JobLogQuery("all") { Text = word }), text);
        }
    }

    [TestMethod]
    public async Task A_cursor_that_no_such_query_returned_is_refused()
    {
        await AddAsync(Lines.Job());
        var position = (await ReadAsync(new JobLogQuery("sync-1")))!.NextAfter!;
        string[] wrong =
        [
            "",
            "1",
            position[..^1],
            position + "A",
            position.Replace(position[3], position[3] == 'B' ? 'C' : 'B'),
            new AuditPageCursor(Lines.Noon, 1, 1).Encode(descending: true)
        ];
        foreach (var text in wrong)
        {
            var exception = await Assert.ThrowsExactlyAsync<InvalidCursorException>(
                () => ReadAsync(new JobLogQuery("sync-1") { After = text }), text);
            Assert.AreEqual("After", exception.ParamName);
        }
    }

    [TestMethod]
    public async Task Limits_out_of_range_are_refused_by_name()
    {
        foreach (var limit in (int[])[-1, 0, 10_001])
        {
            Assert.AreEqual(
                "Limit",
                (await Assert.ThrowsAsync<ArgumentException>(() => ReadAsync(new JobLogQuery("sync-1") { Limit = limit }))).ParamName);
        }

        Assert.AreEqual(
            "Tail", (await Assert.ThrowsAsync<ArgumentException>(() => ReadAsync(new JobLogQuery("sync-1") { Tail = -1 }))).ParamName);
    }

    [TestMethod]
    public async Task A_query_waits_for_what_was_logged_before_it_and_returns_what_is_missing()
    {
        await AddAsync(Lines.Job());
        var readYourWrites = new FixedReadYourWrites(behind: 7);

        Assert.AreEqual(7, (await new JobLogs(Database, readYourWrites).ReadAsync(new JobLogQuery("sync-1"), Cancellation))!.Behind);
        Assert.AreEqual(1, readYourWrites.Asked);
    }

    [TestMethod]
    public async Task A_database_that_cannot_be_read_is_unavailable()
    {
        await AddAsync(Lines.Job());
        await Store.BreakAsync();
        await Assert.ThrowsExactlyAsync<DatabaseUnavailableException>(() => ReadAsync(new JobLogQuery("sync-1")));
    }

    private Task<JobLogPage?> ReadAsync(JobLogQuery query) => Logs.ReadAsync(query, Cancellation);

    private async Task<string> FoundAsync(JobLogQuery query) =>
        string.Join(' ', (await ReadAsync(query))!.Items.Select(item => item.Message!.Split(' ', '~')[0]));

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

    private async Task AddAsync(params string[] lines)
    {
        Journal.Append(lines);
        await ProjectAsync(new UnsettledJobs());
    }
}
