using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Audit;

/// <summary>What terms and exclusions find in the audit log, and what a search does that would take long.</summary>
public abstract class AuditTermsContract : AuditStoreContract
{
    [TestMethod]
    public async Task Everything_that_a_reader_sees_is_searched()
    {
        await AddAsync(
            """
            {"timestamp":"2026-11-23T15:06:10.1234567Z","event_type":"user.login","user_id":"Alice","details":{"Source":"web \u00e9","n":5.10,
            "order":{"tags":["new",{"deep":true}]}},"scope":{"job_id":"sync-7","path":"C:\\Temp \"x\""},"seq":1,
            "id":"0195d8e4-0000-7000-8000-00000000000a","level":"Warning","category":"Zotify.Auth","event_id":1001,"message":"Hi there",
            "exception":"System.IOException: Boom\n   at Disk","source_ip":"192.0.2.7","trace_id":"4bf92f35","span_id":"00f0","instance":"m1/app",
            "key_id":"k1","hash":"abc"}
            """.ReplaceLineEndings(""));
        string[] seen =
        [
            "hi", "USER.log", "alice", "192.0.2", "zotify.auth", "4BF92", "boom", "\"boom\n   at disk\"", "source", "\"WEB É\"", "5.10", "tags",
            "new", "deep", "true", "sync-7", @"c:\temp", "\"\"\"x\"\"\"", "alice web boom new", "\"hi there\"",
        ];
        foreach (var text in seen) Assert.HasCount(1, (await SearchAsync(new AuditQuery { Text = text })).Items, text);
        string[] unseen =
        [
            "\"there system\"", "\"hi alice\"", "loginalice", "u00e9", @"c:\\temp", "\"source\"\":\"", "{", "\"new\"\",\"",
            "m1/app", "warning", "00f0", "k1", "2026", "0195d8e4", "5.1 5.11",
        ];
        foreach (var text in unseen) Assert.IsEmpty((await SearchAsync(new AuditQuery { Text = text })).Items, text);
    }

    [TestMethod]
    public async Task Phrases_and_exclusions_are_part_of_the_terms()
    {
        await AddAsync(
            Lines.Audit(message: "a time out", userId: "u1"), Lines.Audit(message: "out of time", userId: "u2"),
            Lines.Audit(message: "time", details: new { text = "Out" }), Lines.Audit(message: "quiet"));

        Assert.AreEqual("a time out", await FoundAsync(new AuditQuery { Text = "\"time out\"" }));
        Assert.AreEqual("time|out of time|a time out", await ListAsync(new AuditQuery { Text = "TIME out" }));
        Assert.AreEqual("time|out of time", await ListAsync(new AuditQuery { Text = "time -\"time out\"" }));
        Assert.AreEqual("quiet|a time out", await ListAsync(new AuditQuery { Text = "-\"out of\" -text" }));
        Assert.AreEqual("quiet|time|out of time", await ListAsync(new AuditQuery { Text = "-u1" }));
        Assert.AreEqual("", await ListAsync(new AuditQuery { Text = "time -time" }));
        var fault = await Assert.ThrowsExactlyAsync<ArgumentException>(() => SearchAsync(new AuditQuery { Text = "\"time" }));
        Assert.AreEqual("Text", fault.ParamName);
    }

    [TestMethod]
    public async Task What_is_excluded_is_left_out_and_what_has_no_such_value_stays()
    {
        await AddAsync(
            Lines.Audit("user.login", userId: "u1", sourceIp: "::1", traceId: "t1", details: new { color = "red", n = 1 }, message: "1"),
            Lines.Audit("user.logout", userId: "u2", sourceIp: "::2", instance: "m2/app", details: new { color = (string[])["red", "blue"] }, message: "2"),
            Lines.Audit("config.update", userId: "U1", details: new { order = new { id = 7 } }, message: "3"),
            Lines.Audit("config.reset", message: "4"));

        Assert.AreEqual("4|3|2", await ListAsync(new AuditQuery { ExcludedUserIds = ["u1"] }));
        Assert.AreEqual("4|3", await ListAsync(new AuditQuery { ExcludedUserIds = ["u1", "u2", "other"] }));
        Assert.AreEqual("4|3|2", await ListAsync(new AuditQuery { ExcludedEventTypes = ["user.login"] }));
        Assert.AreEqual("4|3", await ListAsync(new AuditQuery { ExcludedEventTypes = ["user.*"] }));
        Assert.AreEqual("4", await ListAsync(new AuditQuery { EventTypes = ["config.*"], ExcludedEventTypes = ["config.u*"] }));
        Assert.AreEqual("", await ListAsync(new AuditQuery { ExcludedEventTypes = ["*"] }));
        Assert.AreEqual("4|3|1", await ListAsync(new AuditQuery { ExcludedSourceIps = ["::2"] }));
        Assert.AreEqual("4|3|2", await ListAsync(new AuditQuery { ExcludedTraceIds = ["t1"] }));
        Assert.AreEqual("4|3|1", await ListAsync(new AuditQuery { ExcludedInstances = ["m2/app"] }));
        Assert.AreEqual("4|3", await ListAsync(new AuditQuery { ExcludedDetails = Detail("color", "red") }));
        Assert.AreEqual("4|3|1", await ListAsync(new AuditQuery { ExcludedDetails = Detail("color", "blue", "green") }));
        Assert.AreEqual("4|2|1", await ListAsync(new AuditQuery { ExcludedDetails = Detail("[order][id]", "7") }));
        Assert.AreEqual("2", await ListAsync(new AuditQuery { Details = Detail("color", "red"), ExcludedDetails = Detail("n", "1") }));
        Assert.AreEqual("3", await ListAsync(new AuditQuery { ExcludedUserIds = ["u2"], EventTypes = ["config.*"], ExcludedEventTypes = ["config.reset"] }));
    }

    [TestMethod]
    public async Task Too_many_exclusions_are_refused_by_name()
    {
        var many = Enumerable.Range(0, 101).Select(i => $"v{i}").ToArray();
        (AuditQuery Query, string Property)[] wrong =
        [
            (new AuditQuery { ExcludedUserIds = many }, "ExcludedUserIds"), (new AuditQuery { ExcludedEventTypes = many }, "ExcludedEventTypes"),
            (new AuditQuery { ExcludedInstances = many }, "ExcludedInstances"), (new AuditQuery { ExcludedTraceIds = many }, "ExcludedTraceIds"),
            (new AuditQuery { ExcludedSourceIps = many }, "ExcludedSourceIps"),
            (new AuditQuery { ExcludedDetails = Detail("a.b", many) }, "ExcludedDetails.a.b"),
            (new AuditQuery { ExcludedDetails = Detail("[a", "1") }, "ExcludedDetails.[a"),
        ];
        foreach (var (query, property) in wrong)
            Assert.AreEqual(property, (await Assert.ThrowsAsync<ArgumentException>(() => SearchAsync(query))).ParamName);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task A_long_search_stops_and_its_cursors_go_on_exactly_there(bool descending)
    {
        await AddAsync([.. Enumerable.Range(0, 1_000).Select(i => Lines.Audit(at: Lines.Noon.AddSeconds(i / 3), message: i % 97 == 5 ? $"rare {i}" : $"{i}"))]);
        var log = new AuditLog(Database, new FixedReadYourWrites()) { MostCompared = 60 };
        var query = new AuditQuery { Text = "rare", Limit = 2, Descending = descending };
        var expected = Enumerable.Range(0, 1_000).Where(i => i % 97 == 5).Select(i => $"rare {i}").ToList();
        if (descending) expected.Reverse();

        var (found, last) = await FollowAsync(query, page => page.NextCursor);
        CollectionAssert.AreEqual(expected, found);
        // Back from the end, which no page's own events need to be near.
        var (back, _) = await FollowAsync(query with { Cursor = last.PreviousCursor }, page => page.PreviousCursor);
        Assert.AreEqual(string.Join(' ', expected.SkipLast(last.Items.Count).Reverse()), string.Join(' ', back));

        async Task<(List<string>, AuditPage)> FollowAsync(AuditQuery start, Func<AuditPage, string?> next)
        {
            var (all, stops) = (new List<string>(), 0);
            var page = await log.SearchAsync(start, Cancellation);
            while (true)
            {
                Assert.IsTrue(page.Items.Count == 2 || page.StoppedAt is not null || next(page) is null, "a page is full, or says that it stopped");
                stops += page.StoppedAt is null ? 0 : 1;
                var items = page.Items.Select(item => item.Message!);
                all.AddRange(next(page) == page.PreviousCursor ? items.Reverse() : items);
                if (next(page) is not { } cursor) break;
                page = await log.SearchAsync(start with { Cursor = cursor }, Cancellation);
            }

            Assert.IsGreaterThan(5, stops);
            return (all, page);
        }
    }

    private static Dictionary<string, IReadOnlyList<string>> Detail(string path, params string[] values) => new() { [path] = values };

    private async Task<string> ListAsync(AuditQuery query) => string.Join('|', (await SearchAsync(query)).Items.Select(item => item.Message));
}
