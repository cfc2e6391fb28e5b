using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Jobs;

/// <summary>The jobs of a list, with their order and pages.</summary>
public abstract class JobListContract : JobStoreContract
{
    [TestMethod]
    public async Task The_jobs_come_with_their_summaries_those_that_began_last_first()
    {
        await AddAsync(
            Lines.Job("old", jobType: "import", message: "began"), Lines.Job("new", Lines.Noon.AddHours(1), message: "began"),
            Lines.Job("old", Lines.Noon.AddHours(2), "job.completed", "Warning", "done", done: 5, total: 5));

        var page = await ListAsync(new JobListQuery());

        Assert.AreEqual((null, 0L), (page.NextCursor, page.Behind));
        AssertSame(page.Items.Select(job => job.JobId), "new", "old");
        Assert.AreEqual(
            new JobSummary
            {
                JobId = "old", JobType = "import", Status = "completed", Instance = "m1/app", ProgressDone = 5, ProgressTotal = 5, Entries = 2, Warnings = 1,
                Errors = 0,
                FirstAt = Lines.Noon, LastAt = Lines.Noon.AddHours(2), EndedAt = Lines.Noon.AddHours(2), LastMessage = "done",
            },
            page.Items[1]);
    }

    [TestMethod]
    public async Task Pages_give_every_job_once_in_order_also_where_many_began_at_one_moment()
    {
        // Ids where one is the prefix of another, and with letters that a language would sort differently.
        string[] ids = ["a", "B", "b", "aa", "a-", "Ä", "ä", "z", "😀", "\uFFFD", "job~1", "job%1"];
        await AddAsync([.. ids.Select((id, i) => Lines.Job(id, Lines.Noon.AddSeconds(i / 5)))]);
        var all = (await ListAsync(new JobListQuery())).Items.Select(job => job.JobId).ToArray();
        CollectionAssert.AreEquivalent(ids, all);

        foreach (var limit in (int[])[1, 2, 5, 11, 12, 13]) AssertSame(await AllPagesAsync(new JobListQuery { Limit = limit }), all);
    }

    [TestMethod]
    public async Task Pages_by_the_end_give_every_job_once_those_that_go_on_last()
    {
        string[] ids = ["a", "B", "b", "aa", "a-", "Ä", "z", "c", "d"];
        await AddAsync([.. ids.Select(id => Lines.Job(id))]);
        // Three end at one moment, two at another; four go on.
        await AddAsync([.. ids.Take(5).Select((id, i) => Lines.Job(id, Lines.Noon.AddSeconds(1 + (i / 3)), "job.completed"))]);
        var query = new JobListQuery { Order = JobListOrder.Ended };
        var all = (await ListAsync(query)).Items.Select(job => job.JobId).ToArray();
        AssertSame(all, "aa", "a-", "b", "a", "B", "Ä", "z", "d", "c");

        foreach (var limit in (int[])[1, 2, 3, 5, 6, 8, 9])
        {
            AssertSame(await AllPagesAsync(query with { Limit = limit }), all);
            AssertSame(await AllPagesAsync(query with { Limit = limit, Statuses = ["running"] }), all.AsSpan(5));
        }
    }

    [TestMethod]
    public async Task A_job_that_begins_meanwhile_moves_no_page()
    {
        await AddAsync([.. Enumerable.Range(0, 4).Select(i => Lines.Job($"job-{i}", Lines.Noon.AddSeconds(i)))]);
        var first = await ListAsync(new JobListQuery { Limit = 2 });
        await AddAsync(Lines.Job("job-9", Lines.Noon.AddSeconds(9)));

        var second = await ListAsync(new JobListQuery { Limit = 2, Cursor = first.NextCursor });

        AssertSame(first.Items.Concat(second.Items).Select(job => job.JobId), "job-3", "job-2", "job-1", "job-0");
    }

    [TestMethod]
    public async Task Filters_combine_and_the_values_of_one_are_alternatives()
    {
        await AddAsync(
            Lines.Job("1", jobType: "import"), Lines.Job("2", jobType: "Import"), Lines.Job("3", jobType: "export"), Lines.Job("4"),
            Lines.Job("2", eventName: "job.completed"), Lines.Job("3", eventName: "job.failed"));

        Assert.AreEqual("4 1", await FoundAsync(new JobListQuery { Statuses = ["running"] }));
        Assert.AreEqual("3 2", await FoundAsync(new JobListQuery { Statuses = ["completed", "failed"] }));
        Assert.AreEqual("", await FoundAsync(new JobListQuery { Statuses = ["interrupted"] }));
        Assert.AreEqual("1", await FoundAsync(new JobListQuery { JobTypes = ["import"] }));
        Assert.AreEqual("3 1", await FoundAsync(new JobListQuery { JobTypes = ["import", "export", "other"] }));
        Assert.AreEqual("3", await FoundAsync(new JobListQuery { JobTypes = ["import", "export"], Statuses = ["failed", "interrupted"] }));
    }

    [TestMethod]
    [StandInLimit(StandIn.SeventhDigit)]
    public async Task A_range_of_time_gives_the_jobs_that_had_an_entry_in_it()
    {
        static string Entry(string job, int hour) => Lines.Job(job, Lines.Noon.AddHours(hour));
        await AddAsync(
            Entry("before", 0),
            Entry("into", 1),
            Entry("over", 1),
            Entry("inside", 3),
            Entry("after", 5),
            Entry("into", 2),
            Entry("over", 6));

        Assert.AreEqual(
            "inside over into", await FoundAsync(new JobListQuery { From = Lines.Noon.AddHours(2), To = Lines.Noon.AddHours(5) }));
        Assert.AreEqual("after inside over", await FoundAsync(new JobListQuery { From = Lines.Noon.AddHours(2).AddTicks(1) }));
        Assert.AreEqual("before", await FoundAsync(new JobListQuery { To = Lines.Noon.AddTicks(1) }));
        Assert.AreEqual("", await FoundAsync(new JobListQuery { To = Lines.Noon }));
        Assert.AreEqual("over", await FoundAsync(new JobListQuery { From = Lines.Noon.AddHours(5).AddTicks(1) }));
    }

    [TestMethod]
    public async Task Every_term_is_in_the_id_the_type_or_the_last_message()
    {
        await AddAsync(
            Lines.Job("Sync-1", jobType: "library", message: "Track one"), Lines.Job("sync-2", message: "first"), Lines.Job(
                "other", jobType: "SYNC", message: "100% of tracks"),
            Lines.Job("sync-2", message: "last"));

        Assert.AreEqual("sync-2 other Sync-1", await FoundAsync(new JobListQuery { Text = "sync" }));
        Assert.AreEqual("Sync-1", await FoundAsync(new JobListQuery { Text = "LIB track sync-" }));
        Assert.AreEqual("other Sync-1", await FoundAsync(new JobListQuery { Text = " sync  TRACK " }));
        Assert.AreEqual("other", await FoundAsync(new JobListQuery { Text = "0%" }));
        Assert.AreEqual("", await FoundAsync(new JobListQuery { Text = "first" }));
    }

    [TestMethod]
    [StandInLimit(StandIn.JsonEscapes)]
    public async Task Hostile_values_match_themselves_and_nothing_else()
    {
        await AddAsync([.. HostileText.Values.Select((text, i) => Lines.Job($"{i}", jobType: text, message: $"~{text}~"))]);
        for (var i = 0; i < HostileText.Values.Length; i++)
        {
            var text = HostileText.Values[i];
            Assert.AreEqual($"{i}", await FoundAsync(new JobListQuery { JobTypes = [text] }), text);
            Assert.AreEqual("", await FoundAsync(new JobListQuery { Statuses = [text] }), text);
            if (!text.Any(char.IsWhiteSpace)) Assert.AreEqual($"{i}", await FoundAsync(new JobListQuery { Text = $"~{text}~" }), text);
        }
    }

    [TestMethod]
    public async Task Values_that_cannot_be_used_are_refused_by_their_names()
    {
        await AddAsync(Lines.Job("1"), Lines.Job("2"));
        var cursor = (await ListAsync(new JobListQuery { Limit = 1 })).NextCursor!;
        string[] wrong =
            ["", "1", cursor[..^1], cursor + "A", cursor.Replace(cursor[3], cursor[3] == 'B' ? 'C' : 'B'), new AuditPageCursor(Lines.Noon, 1, 1).Encode(descending: true),
            OpaqueCursor.Encode('L', -1, "1"u8), OpaqueCursor.Encode('L', 1, [0xFF])];
        foreach (var text in wrong)
            Assert.AreEqual(
                "Cursor",
                (await Assert.ThrowsExactlyAsync<InvalidCursorException>(() => ListAsync(new JobListQuery { Cursor = text }), text)).ParamName);
        foreach (var limit in (int[])[-1, 0, 1_001])
            Assert.AreEqual(
                "Limit", (await Assert.ThrowsAsync<ArgumentException>(() => ListAsync(new JobListQuery { Limit = limit }))).ParamName);
        string[] many = [.. Enumerable.Range(0, 101).Select(i => $"{i}")];
        Assert.AreEqual(
            "JobTypes", (await Assert.ThrowsAsync<ArgumentException>(() => ListAsync(new JobListQuery { JobTypes = many }))).ParamName);
        Assert.AreEqual(
            "Text",
            (await Assert.ThrowsAsync<ArgumentException>(() => ListAsync(new JobListQuery { Text = string.Join(' ', many) }))).ParamName);
    }

    [TestMethod]
    public async Task It_waits_for_what_was_logged_before_it_and_returns_what_is_missing()
    {
        await AddAsync(Lines.Job());
        var readYourWrites = new FixedReadYourWrites(behind: 7);
        Assert.AreEqual(7, (await new JobLogs(Database, readYourWrites).ListAsync(new JobListQuery(), Cancellation)).Behind);
        Assert.AreEqual(1, readYourWrites.Asked);
        await Store.BreakAsync();
        await Assert.ThrowsExactlyAsync<DatabaseUnavailableException>(() => ListAsync(new JobListQuery()));
    }

    private Task<JobListPage> ListAsync(JobListQuery query) =>
        new JobLogs(Database, new FixedReadYourWrites()).ListAsync(query, Cancellation);

    private async Task<List<string>> AllPagesAsync(JobListQuery query)
    {
        var found = new List<string>();
        JobListPage? page = null;
        do
        {
            page = await ListAsync(query with { Cursor = page?.NextCursor });
            found.AddRange(page.Items.Select(job => job.JobId));
        }
        while (page.NextCursor is not null);

        return found;
    }

    private async Task<string> FoundAsync(JobListQuery query) => string.Join(' ', (await ListAsync(query)).Items.Select(job => job.JobId));
}
