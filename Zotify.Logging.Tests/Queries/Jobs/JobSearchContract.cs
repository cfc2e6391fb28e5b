using Microsoft.Extensions.Logging;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Queries.Live;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Terms;

namespace Zotify.Logging.Tests.Queries.Jobs;

/// <summary>A job's log by terms and exclusions, forwards and back, and what a query does that would take long.</summary>
public abstract class JobSearchContract : JobLogsFixture
{
    private const string Job = "sync-1";

    [TestMethod]
    public async Task Everything_that_a_reader_sees_of_an_entry_is_searched()
    {
        await AddAsync(
            Lines.Job(message: "1 Hi there", exception: "System.IOException: Boom\n   at Disk", properties: new { Path = @"C:\Temp", n = 5.10m, list = (object[])["x", true] }),
            Lines.Job(message: "2", eventName: "track.skipped"));

        foreach (var text in (string[])["hi", "boom", "\"boom\n   at disk\"", "path", @"c:\temp", "5.10", "true", "list hi", "1 -skipped"])
            Assert.AreEqual("1", await FoundAsync(new JobLogQuery(Job) { Text = text }), text);
        foreach (var text in (string[])[Job, "m1/app", "information", "\"there system\"", "{", @"c:\\temp"])
            Assert.AreEqual("", await FoundAsync(new JobLogQuery(Job) { Text = text }), text);
        Assert.AreEqual("2", await FoundAsync(new JobLogQuery(Job) { Text = "-\"hi there\"" }));
        Assert.AreEqual("2", await FoundAsync(new JobLogQuery(Job) { Text = "TRACK.S -boom" }));
    }

    [TestMethod]
    public async Task Levels_can_be_left_out()
    {
        await AddAsync(Lines.Job(message: "1"), Lines.Job(message: "2", level: "Warning"), Lines.Job(message: "3", level: "Error"));
        Assert.AreEqual("1 3", await FoundAsync(new JobLogQuery(Job) { ExcludedLevels = [LogLevel.Warning] }));
        Assert.AreEqual("3", await FoundAsync(new JobLogQuery(Job) { MinimumLevel = LogLevel.Warning, ExcludedLevels = [LogLevel.Warning] }));
    }

    [TestMethod]
    public async Task A_long_query_stops_and_its_cursors_go_on_exactly_there()
    {
        // The journal begins with another job.
        await AddAsync([Lines.Job("other"), .. Enumerable.Range(0, 500).Select(i => Lines.Job(message: i % 97 == 5 ? $"{i} rare" : $"{i}"))]);
        var logs = new JobLogs(Database, new FixedReadYourWrites()) { MostCompared = 60 };
        string[] expected = ["5", "102", "199", "296", "393", "490"];

        var (found, stops) = (new List<string>(), 0);
        for (JobLogPage? page = null; page is not { More: false };)
        {
            page = await logs.ReadAsync(new JobLogQuery(Job) { Text = "rare", Limit = 2, After = page?.NextAfter }, Cancellation);
            stops += page!.StoppedAt is null ? 0 : 1;
            Assert.IsTrue(page.Items.Count == 2 || page.StoppedAt is not null || !page.More);
            found.AddRange(page.Items.Select(item => item.Message!.Split(' ')[0]));
        }

        CollectionAssert.AreEqual(expected, found);
        Assert.IsGreaterThan(4, stops);

        (found, stops) = ([], 0);
        for (JobLogPage? page = null; page is not { NextBefore: null };)
        {
            page = await logs.ReadAsync(new JobLogQuery(Job) { Text = "rare", Tail = 2, Before = page?.NextBefore }, Cancellation);
            stops += page!.StoppedAt is null ? 0 : 1;
            Assert.IsTrue(page.Items.Count == 2 || page.StoppedAt is not null || page.NextBefore is null);
            found.InsertRange(0, page.Items.Select(item => item.Message!.Split(' ')[0]));
        }

        CollectionAssert.AreEqual(expected, found);
        Assert.IsGreaterThan(4, stops);
    }

    [TestMethod]
    public async Task A_stream_that_would_look_long_for_its_last_entries_says_where_it_stopped()
    {
        await AddAsync([.. Enumerable.Range(0, 500).Select(i => Lines.Job(message: i % 97 == 5 ? $"{i} rare" : $"{i}"))]);
        var tail = new JobLogTail(new LiveDatabase(Database, TimeProvider.System), new FixedReadYourWrites()) { MostCompared = 150 };
        var opened = await tail.OpenAsync(new JobStreamQuery(Job) { Text = "rare", Tail = 3, Follow = false }, Cancellation);
        await using var subscriber = new BlockSubscriber<JobLogEntry>(opened!.Blocks);
        var items = await subscriber.RestAsync();

        AssertSame(items.OfType<JobLogRecord>().Select(item => item.Entry.Message), "393 rare", "490 rare");
        var before = ((LogIncomplete<JobLogEntry>)items[0]).Before;
        Assert.AreEqual("199 296", await FoundAsync(new JobLogQuery(Job) { Text = "rare", Tail = 2, Before = before }));
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("entry")]
    public async Task Pages_lead_back_to_the_beginning(string? text)
    {
        await AddAsync([Lines.Job("other"), .. Enumerable.Range(0, 25).Select(i => Lines.Job(message: $"{i} entry"))]);
        var found = new List<string>();
        for (JobLogPage? page = null; page is not { NextBefore: null };)
        {
            page = await ReadAsync(new JobLogQuery(Job) { Tail = 4, Before = page?.NextBefore, Text = text });
            found.InsertRange(0, page!.Items.Select(item => item.Message!.Split(' ')[0]));
            Assert.IsFalse(page.More);
        }

        CollectionAssert.AreEqual(Enumerable.Range(0, 25).Select(i => $"{i}").ToArray(), found);
        var middle = (await ReadAsync(new JobLogQuery(Job) { Tail = 10 }))!.NextBefore;
        Assert.AreEqual("0 1 2", await FoundAsync(new JobLogQuery(Job) { Before = middle, Limit = 3, Text = text }));
        var fault = await Assert.ThrowsExactlyAsync<InvalidCursorException>(() => ReadAsync(new JobLogQuery(Job) { Before = "here" }));
        Assert.AreEqual("Before", fault.ParamName);
    }

    [TestMethod]
    public async Task Before_a_page_without_entries_is_what_it_did_not_read()
    {
        await AddAsync([.. Enumerable.Range(0, 5).Select(i => Lines.Job(message: $"{i} entry"))]);
        foreach (var text in (string?[])[null, "entry"])
        {
            var none = await ReadAsync(new JobLogQuery(Job) { Tail = 0, Text = text });
            Assert.IsEmpty(none!.Items);
            Assert.AreEqual("3 4", await FoundAsync(new JobLogQuery(Job) { Before = none.NextBefore, Tail = 2, Text = text }), text);
            var after = await ReadAsync(new JobLogQuery(Job) { After = none.NextAfter, Text = text });
            Assert.IsEmpty(after!.Items);
            Assert.AreEqual("0 1 2 3 4", await FoundAsync(new JobLogQuery(Job) { Before = after.NextBefore, Text = text }), text);
        }

        // Nothing matches, so nothing is before it.
        Assert.IsNull((await ReadAsync(new JobLogQuery(Job) { Tail = 3, MinimumLevel = LogLevel.Error }))!.NextBefore);
    }

    [TestMethod]
    public async Task Random_terms_find_what_a_plain_loop_finds()
    {
        var random = new Random(17);
        var entries = Enumerable.Range(0, 200).Select(i => (
            Number: $"n{i}", Message: RandomTerms.Sentence(random), Event: random.Next(3) == 0 ? "track.skipped" : null,
            Exception: random.Next(4) == 0 ? RandomTerms.Sentence(random) : null, Text: RandomTerms.Sentence(random),
            Level: random.GetItems<string>(["Debug", "Warning", "Error"], 1)[0])).ToArray();
        await AddAsync([.. entries.Select(entry => Lines.Job(
            eventName: entry.Event, level: entry.Level, message: $"{entry.Number} {entry.Message}", exception: entry.Exception,
            properties: new { note = new[] { entry.Text } }))]);
        for (var round = 0; round < 50 * TestScale.Factor; round++)
        {
            var terms = RandomTerms.Next(random);
            LogLevel[] excluded = random.Next(3) == 0 ? [LogLevel.Warning] : [];
            var expected = entries.Where(entry => (excluded.Length == 0 || entry.Level != "Warning") && terms.Matches(
                [.. new[] { $"{entry.Number} {entry.Message}", entry.Event, entry.Exception, "note", entry.Text, "Zotify.Sync" }.OfType<string>()]));
            var logs = new JobLogs(Database, new FixedReadYourWrites()) { MostCompared = random.Next(1, 300) };
            var found = new List<string>();
            for (JobLogPage? page = null; page is not { More: false };)
            {
                page = await logs.ReadAsync(
                    new JobLogQuery(Job) { Text = terms.Text, ExcludedLevels = excluded, Limit = random.Next(1, 50), After = page?.NextAfter }, Cancellation);
                found.AddRange(page!.Items.Select(item => item.Message!.Split(' ')[0]));
            }

            CollectionAssert.AreEqual(expected.Select(entry => entry.Number).ToArray(), found, terms.Text);
        }
    }
}
