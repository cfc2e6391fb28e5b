using Microsoft.Extensions.Logging;
using Zotify.Logging.Queries;
using Zotify.Logging.Records;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Jobs;

/// <summary>The entries of a job's log that a query selects.</summary>
public abstract class JobLogsContract : JobLogsFixture
{
    [TestMethod]
    [StandInLimit(StandIn.SeventhDigit)]
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
                JobId = "sync-1", JobType = "sync", Status = "failed", Instance = "m1/app", ProgressDone = 5, ProgressTotal = 100, Entries = 1, Warnings = 0,
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
    [StandInLimit(StandIn.SeventhDigit)]
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
                ("ioexception", "1"), ("space\tleft", "1"), ("track.skipped", "2"), ("say\\", ""), ("\"hi\"", "3"), ("REASON", "3"),
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
    [StandInLimit(StandIn.JsonEscapes)]
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

    /// <summary>JSON that SQL Server takes, and that is too deep to be part of an answer.</summary>
    [TestMethod]
    public Task An_entry_with_very_deep_properties_hides_no_other_entry() => HidesNoOtherAsync(new string('[', 100) + new string(']', 100));

    /// <summary>Checks that an entry with this text as properties is read, and those beside it, too.</summary>
    private protected async Task HidesNoOtherAsync(string json)
    {
        await AddAsync(Lines.Job(properties: new { n = 1 }), Lines.Job(properties: new { n = 2 }));
        await Store.ExecuteAsync($"UPDATE job_logs SET properties = '{json}' WHERE seq = 1");

        var items = (await ReadAsync(new JobLogQuery("sync-1")))!.Items;

        Assert.AreEqual((json, 2), (items[0].Properties?.GetString(), items[1].Properties?.GetProperty("n").GetInt32()));
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
}
