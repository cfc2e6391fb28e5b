using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Projection;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Queries.Live;

namespace Zotify.Logging.Tests.Queries.Audit;

/// <summary>A stream of audit events: everything once and in order, from its cursor on, whoever writes.</summary>
public abstract class AuditLogTailContract : AuditLogTailFixture
{
    [TestMethod]
    public async Task Existing_events_come_first_and_then_those_that_are_committed()
    {
        await AddAsync(Lines.Audit(message: "1", userId: "u1", details: new { source = "web" }), Lines.Audit(message: "2"));
        await using var subscriber = await FollowAsync(All);
        var first = (AuditLogRecord)await subscriber.NextAsync();
        Assert.AreEqual(("1", "u1", Journal.Id, 1L), (first.Event.Message, first.Event.UserId, first.Event.Journal, first.Event.Seq));
        Assert.AreEqual("2026-11-23T12:00:00.0000000Z [INF] user.login u1 - 1 {\"source\":\"web\"}", first.Text);
        AssertSame(await MessagesAsync(subscriber, 1), "2");
        Assert.IsFalse(subscriber.Ask());
        for (var i = 3; i < 6; i++)
        {
            await AddAsync(Lines.Audit(message: $"{i}"));
            AssertSame(await MessagesAsync(subscriber, 1), $"{i}");
        }
    }

    [TestMethod]
    public async Task A_reader_goes_on_strictly_after_any_item()
    {
        await AddAsync([.. Enumerable.Range(0, 250).Select(i => Lines.Audit(message: $"{i}"))]);
        var items = await ReadAsync(All);
        Assert.HasCount(250, items);
        foreach (var at in (int[])[0, 1, 99, 100, 248, 249])
        {
            AssertSame(
                (await ReadAsync(new AuditStreamQuery(new AuditQuery()) { After = items[at].Cursor }))
                    .Select(Message), [.. Enumerable.Range(at + 1, 249 - at).Select(i => $"{i}")]);
        }

        AssertSame(
            (await ReadAsync(new AuditStreamQuery(new AuditQuery()))).Select(Message), [.. Enumerable.Range(150, 100).Select(i => $"{i}")]);
        AssertSame(
            (await ReadAsync(new AuditStreamQuery(new AuditQuery()) { After = items[99].Cursor, Tail = 3 })).Select(Message),
            "247",
            "248",
            "249");
        AssertSame(
            (await ReadAsync(new AuditStreamQuery(new AuditQuery()) { After = items[247].Cursor, Tail = 3 })).Select(Message),
            "248",
            "249");
    }

    [TestMethod]
    public async Task Every_filter_of_the_search_holds_for_what_is_there_and_for_what_comes()
    {
        AuditQuery[] filters =
        [
            new() { UserIds = ["u1", "u2"] }, new() { EventTypes = ["user.*", "config.update"] }, new() { SourceIps = ["::1"] },
            new() { TraceIds = ["t1"] }, new() { Instances = ["m2/app"] },
            new() { Details = new Dictionary<string, IReadOnlyList<string>> { ["order.id"] = ["7", "true"] } },
            new() { Text = "TRACK seven" }, new() { Text = "\"q\"" },
            new() { UserIds = ["u1"], EventTypes = ["user.login"], Text = "o", From = Lines.Noon.AddSeconds(1), To = Lines.Noon.AddDays(1) },
            new() { From = Lines.Noon.AddSeconds(2) },
            new() { To = Lines.Noon.AddYears(9) }, new() { UserIds = ["nobody"] }, new(),
        ];
        await AddAsync(Lines.Audit(message: "first"));
        await AddAsync(Events(17, 60));
        var subscribers = new List<BlockSubscriber<AuditEvent>>();
        foreach (var filter in filters)
        {
            var query = new AuditStreamQuery(filter);
            var expected = await SearchAsync(filter);
            AssertSame((await ReadAsync(query with { Tail = int.MaxValue })).Select(Message).Order(), [.. expected.Order()]);
            AssertSame(
                (await ReadAsync(query with { Tail = 5 })).Select(Message),
                [.. (await ReadAsync(query with { Tail = int.MaxValue })).Select(Message).TakeLast(5)]);
            Assert.IsEmpty(await ReadAsync(query with { Tail = 0 }));
            subscribers.Add(await FollowAsync(query with { Tail = 0 }));
            Assert.IsTrue(subscribers[^1].Ask());
        }

        var before = await Task.WhenAll(filters.Select(SearchAsync));
        await AddAsync(Events(18, 60));
        for (var i = 0; i < filters.Length; i++)
        {
            var expected = (await SearchAsync(filters[i])).Except(before[i]).ToArray();
            AssertSame((await MessagesAsync(subscribers[i], expected.Length)).Order(), [.. expected.Order()]);
            await subscribers[i].DisposeAsync();
        }
    }

    [TestMethod]
    public async Task Events_of_several_journals_come_once_though_one_commits_late()
    {
        var other = new FakeJournal();
        other.Append(Lines.Audit(message: "first of the other", instance: "m2/app"), Lines.Audit(message: "late", instance: "m2/app"));
        await AddAsync(Lines.Audit(message: "1"), Lines.Audit(message: "2"));
        await ProjectAsync(new AuditProjection(), other, "m2/app");
        await AddAsync(Lines.Audit(message: "3"));
        // Events that the other instance began before that and has not committed yet.
        await Store.ExecuteAsync("DELETE FROM audit_events WHERE journal_id = 2 AND seq = 2; UPDATE journals SET seq = 1 WHERE id = 2");
        await using var subscriber = await FollowAsync(All);
        AssertSame(await MessagesAsync(subscriber, 4), "1", "2", "first of the other", "3");
        Assert.IsFalse(subscriber.Ask());
        await Store.ExecuteAsync(Store.WithNumbers(
            "audit_events",
            $"""
            INSERT INTO audit_events (row_id, id, journal_id, seq, timestamp, event_type, instance, level, category, message)
              VALUES (4, '{Guid.CreateVersion7(Lines.Noon)}', 2, 2, {Store.Literal(Lines.Noon)}, 'user.login', 'm2/app', 'Information', '', 'late')
            """) + "; UPDATE journals SET seq = 2 WHERE id = 2");
        AssertSame(await MessagesAsync(subscriber, 1), "late");
    }

    [TestMethod]
    public async Task A_quiet_stream_gives_a_heartbeat_every_15_seconds_with_the_newest_cursor()
    {
        await AddAsync(Lines.Audit(message: "1", userId: "u1"), Lines.Audit(message: "2", userId: "u2"));
        var time = new FakeTimeProvider();
        var tail = new AuditLogTail(new LiveDatabase(Database, time), new FixedReadYourWrites());
        await using var subscriber = new BlockSubscriber<AuditEvent>(
            await tail.OpenAsync(new AuditStreamQuery(new AuditQuery { UserIds = ["u1"] }), Cancellation));
        await MessagesAsync(subscriber, 1);
        var start = time.GetUtcNow();
        var heartbeat = await subscriber.NextAsync(time, TimeSpan.FromSeconds(1));
        Assert.IsInstanceOfType<LogHeartbeat<AuditEvent>>(heartbeat);
        Assert.IsGreaterThanOrEqualTo(TimeSpan.FromSeconds(15), time.GetUtcNow() - start);
        Assert.IsEmpty(
            await ReadAsync(new AuditStreamQuery(new AuditQuery()) { After = heartbeat.Cursor }), "what does not match is behind it, too");
    }

    [TestMethod]
    public async Task A_database_that_goes_away_is_waited_for_and_nothing_is_lost()
    {
        await AddAsync(Lines.Audit(message: "1"));
        var away = new DatabaseAway();
        var time = new FakeTimeProvider();
        var tail = new AuditLogTail(new LiveDatabase(Store.Open(away), time), new FixedReadYourWrites());
        await using var subscriber = new BlockSubscriber<AuditEvent>(await tail.OpenAsync(All, Cancellation));
        await MessagesAsync(subscriber, 1);
        Assert.IsFalse(subscriber.Ask());
        away.IsAway = true;
        await AddAsync(Lines.Audit(message: "2"));
        Assert.IsInstanceOfType<LogHeartbeat<AuditEvent>>(await subscriber.NextAsync(time, TimeSpan.FromSeconds(1)), "it stays open");
        await Assert.ThrowsExactlyAsync<DatabaseUnavailableException>(() => tail.OpenAsync(All, Cancellation));
        away.IsAway = false;
        Assert.AreEqual("2", Message(await subscriber.NextRecordAsync(time, TimeSpan.FromMilliseconds(100))));
        await AddAsync(Lines.Audit(message: "3"));
        Assert.AreEqual("3", Message(await subscriber.NextRecordAsync(time, TimeSpan.FromMilliseconds(100))));
    }

    [TestMethod]
    public async Task A_stream_ends_when_until_has_passed()
    {
        await AddAsync(Lines.Audit(at: Lines.Noon, message: "1"), Lines.Audit(at: Lines.Noon.AddHours(1), message: "too late"));
        var time = new FakeTimeProvider(Lines.Noon);
        var tail = new AuditLogTail(new LiveDatabase(Database, time), new FixedReadYourWrites());
        await using var subscriber = new BlockSubscriber<AuditEvent>(
            await tail.OpenAsync(new AuditStreamQuery(new AuditQuery { To = Lines.Noon.AddMinutes(1) }), Cancellation));
        AssertSame(await MessagesAsync(subscriber, 1), "1");
        Assert.IsFalse(subscriber.Ask());
        await AddAsync(Lines.Audit(at: Lines.Noon.AddSeconds(59), message: "in time"));
        time.Advance(TimeSpan.FromMinutes(1));
        AssertSame((await subscriber.RestAsync()).Select(Message), "in time");
    }

    [TestMethod]
    public async Task Values_that_cannot_be_used_are_refused_by_name()
    {
        await AddAsync(Lines.Audit());
        async Task RefusedAsync(string parameter, AuditStreamQuery query) =>
            Assert.AreEqual(parameter, (await Assert.ThrowsAsync<ArgumentException>(() => Tail.OpenAsync(query, Cancellation))).ParamName);
        await RefusedAsync("Tail", All with { Tail = -1 });
        await RefusedAsync("Text", new AuditStreamQuery(new AuditQuery { Text = new string('x', 1_001) }));
        await RefusedAsync("UserIds", new AuditStreamQuery(new AuditQuery { UserIds = [.. Enumerable.Range(0, 101).Select(i => $"{i}")] }));
        await RefusedAsync("After", All with { After = new JobCursor(new JournalsCursor([new(1, 1)])).Encode() });
    }

    /// <summary>Events of many kinds, whose times are not in the order of their numbers.</summary>
    private static string[] Events(int seed, int count)
    {
        var random = new Random(seed);
        string Pick(params string[] values) => random.GetItems(values, 1)[0];
        return
        [
            .. Enumerable.Range(0, count).Select(i => Lines.Audit(
                Pick(
                    "user.login",
                    "user.logout",
                    "config.update",
                    "audit.read"), Lines.Noon.AddSeconds(random.Next(0, 5)), Pick("u1", "u2", "u3"),
                Pick("a", "b") == "a" ? new { order = new { id = 7 }, text = "a \"q\"" } : new { order = new { id = true }, text = "b" },
                message: $"{seed}-{i} {Pick("Track seven", "track EIGHT", "no")}", sourceIp: Pick("::1", "127.0.0.1"),
                traceId: Pick("t1", "t2"), instance: Pick("m1/app", "m2/app"))),
        ];
    }

    private async Task<string[]> SearchAsync(AuditQuery filter) =>
        [
            .. (
                await new AuditLog(Database, new FixedReadYourWrites())
                    .SearchAsync(filter with { Limit = 1_000 }, Cancellation)).Items.Select(item => item.Message!)
        ];
}
