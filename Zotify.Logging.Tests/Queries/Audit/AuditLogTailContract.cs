using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.Queries;
using Zotify.Logging.Retention;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Queries.Live;

namespace Zotify.Logging.Tests.Queries.Audit;

/// <summary>A stream of audit events: everything once and in order, from its cursor on, whoever writes.</summary>
public abstract class AuditLogTailContract : StoreContract
{
    private static readonly AuditStreamQuery All = new(new AuditQuery()) { Tail = int.MaxValue };

    private AuditLogTail? _tail;

    private AuditLogTail Tail => _tail ??= NewTail(Database);

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
    public async Task Subscribers_with_the_same_filters_share_what_is_new()
    {
        await AddAsync(Lines.Audit(message: "0"));
        var captured = new CapturedCommands();
        var tail = NewTail(Store.Open(captured));
        AuditStreamQuery[] queries =
        [
            All,
            All,
            new(new AuditQuery { From = Lines.Noon.AddDays(-1) }),
            new(new AuditQuery { EventTypes = ["user.*"] })
        ];
        var subscribers = new List<BlockSubscriber<AuditEvent>>();
        foreach (var query in queries) subscribers.Add(new BlockSubscriber<AuditEvent>(await tail.OpenAsync(query, Cancellation)));
        for (var i = 0; i < 3; i++)
        {
            foreach (var subscriber in subscribers)
            {
                await MessagesAsync(subscriber, 1);
                Assert.IsFalse(subscriber.Ask());
            }

            captured.Commands.Clear();
            await AddAsync(Lines.Audit(message: $"{i + 1}"));
        }

        foreach (var subscriber in subscribers) AssertSame(await MessagesAsync(subscriber, 1), "3");
        Assert.IsTrue(subscribers[0].Block!.IsShared);
        Assert.AreSame(subscribers[0].Block, subscribers[1].Block);
        Assert.HasCount(
            2,
            captured.Commands.ToArray().Where(command => command.Text.Contains(AuditRowReader.Columns, StringComparison.Ordinal)),
            "once for each of two filters");
        foreach (var subscriber in subscribers) await subscriber.DisposeAsync();
    }

    [TestMethod]
    public async Task A_subscriber_with_a_time_filter_gets_only_matching_items_of_shared_blocks()
    {
        await AddAsync(Lines.Audit(message: "0"));
        await using var all = await FollowAsync(All with { Tail = 0 });
        await using var timed = await FollowAsync(
            new AuditStreamQuery(new AuditQuery { From = Lines.Noon.AddSeconds(10), To = Lines.Noon.AddYears(9) }) { Tail = 0 });
        Assert.IsTrue(all.Ask() && timed.Ask(), "their positions are set");
        await all.FirstBlockAsync();
        await timed.FirstBlockAsync();
        await AddAsync(
            Lines.Audit(at: Lines.Noon.AddSeconds(9), message: "early"),
            Lines.Audit(at: Lines.Noon.AddSeconds(10), message: "in time"),
            Lines.Audit(at: Lines.Noon.AddYears(9), message: "late"));
        AssertSame(await MessagesAsync(all, 3), "early", "in time", "late");
        await AddAsync(Lines.Audit(at: Lines.Noon.AddSeconds(11), message: "end"));
        AssertSame(await MessagesAsync(timed, 2), "in time", "end");
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
        Assert.AreEqual("2", Message(await subscriber.NextAsync(time, TimeSpan.FromMilliseconds(100))));
        await AddAsync(Lines.Audit(message: "3"));
        Assert.AreEqual("3", Message(await subscriber.NextAsync(time, TimeSpan.FromMilliseconds(100))));
    }

    [TestMethod]
    public async Task A_gap_is_reported_where_events_after_the_cursor_were_deleted_and_only_there()
    {
        await AddAsync([.. Enumerable.Range(1, 6).Select(i => Lines.Audit(message: $"{i}"))]);
        var items = await ReadAsync(All);
        await DeleteThroughAsync(3);
        var resumed = await ReadAsync(new AuditStreamQuery(new AuditQuery()) { After = items[1].Cursor });
        Assert.AreEqual((items[1].Cursor, items[2].Cursor), (((LogGap<AuditEvent>)resumed[0]).From, resumed[0].Cursor));
        AssertSame(resumed.Skip(1).Select(Message), "4", "5", "6");
        AssertSame((await ReadAsync(new AuditStreamQuery(new AuditQuery()) { After = items[2].Cursor })).Select(Message), "4", "5", "6");
        AssertSame((await ReadAsync(All)).Select(Message), "4", "5", "6");
        AssertSame((await ReadAsync(new AuditStreamQuery(new AuditQuery { To = Lines.Noon.AddDays(1) }))).Select(Message), "4", "5", "6");

        // If a reader has never seen a journal, it misses the events that the journal's own log reports as deleted.
        var other = new FakeJournal();
        other.Append(Lines.Audit(message: "o1"), Lines.Audit("audit.pruned", message: "o2", category: "Zotify.Logging"));
        await ProjectAsync(new AuditProjection(), other, "m2/app");
        await using (var session = await RetentionSession.OpenAsync(Database, Cancellation)) await new AuditRowPruner(session)
            .DeleteThroughAsync(2, 1, Cancellation);
        var news = await ReadAsync(new AuditStreamQuery(new AuditQuery()) { After = items[5].Cursor });
        Assert.IsInstanceOfType<LogGap<AuditEvent>>(news[0]);
        AssertSame(news.Skip(1).Select(Message), "o2");
    }

    [TestMethod]
    public async Task Events_that_are_deleted_while_they_are_read_are_a_gap()
    {
        await AddAsync([.. Enumerable.Range(1, 6).Select(i => Lines.Audit(message: $"{i}"))]);
        var items = await ReadAsync(All);
        var deleting = new BeforeCommand(AuditRowReader.Columns, () => DeleteThroughAsync(4));
        var tail = NewTail(Store.Open(deleting));
        await using var subscriber = new BlockSubscriber<AuditEvent>(
            await tail.OpenAsync(new AuditStreamQuery(new AuditQuery()) { After = items[1].Cursor, Follow = false }, Cancellation));
        var rest = await subscriber.RestAsync();
        Assert.AreEqual((items[1].Cursor, items[3].Cursor), (((LogGap<AuditEvent>)rest[0]).From, rest[0].Cursor));
        AssertSame(rest.Skip(1).Select(Message), "5", "6");
        Assert.IsTrue(deleting.IsDone);
    }

    [TestMethod]
    public async Task A_journal_of_which_nothing_is_left_is_a_gap_for_who_had_not_seen_all_of_it()
    {
        await AddAsync(Lines.Audit(message: "1"), Lines.Audit(message: "2"));
        var other = new FakeJournal();
        other.Append(Lines.Audit(message: "o1"));
        await ProjectAsync(new AuditProjection(), other, "m2/app");
        var items = await ReadAsync(All);
        await DeleteThroughAsync(2);
        var resumed = await ReadAsync(new AuditStreamQuery(new AuditQuery()) { After = items[0].Cursor });
        Assert.AreEqual(items[0].Cursor, ((LogGap<AuditEvent>)resumed[0]).From);
        AssertSame(resumed.Skip(1).Select(Message), "o1");
        AssertSame((await ReadAsync(new AuditStreamQuery(new AuditQuery()) { After = resumed[0].Cursor })).Select(Message), "o1");
        AssertSame((await ReadAsync(new AuditStreamQuery(new AuditQuery()) { After = items[1].Cursor })).Select(Message), "o1");
        await using var late = await FollowAsync(new AuditStreamQuery(new AuditQuery()) { After = items[0].Cursor, Follow = false });
        await using var early = await FollowAsync(All with { Follow = false });
        await late.RestAsync();
        await early.RestAsync();
        Assert.AreEqual(early.Block!.End, late.Block!.End, "at the end both share one block");
    }

    [TestMethod]
    public async Task A_journal_that_goes_on_for_another_one_is_no_gap()
    {
        await AddAsync(Lines.Audit(message: "1"), Lines.Audit(message: "2"));
        var first = (await ReadAsync(All))[0];
        await Store.ExecuteAsync(
            "INSERT INTO journals (journal, instance, name, seq, hash, segment, offset) SELECT '"
                + Guid.CreateVersion7(Lines.Noon) + "', instance, name, 7, hash, segment, offset FROM journals");
        await Store.ExecuteAsync("UPDATE audit_events SET journal_id = 2, seq = 7 WHERE seq = 2; UPDATE journals SET seq = 1 WHERE id = 1");
        AssertSame((await ReadAsync(new AuditStreamQuery(new AuditQuery()) { After = first.Cursor })).Select(Message), "2");
    }

    [TestMethod]
    public async Task A_cursor_of_another_database_is_a_gap_and_all_comes_again()
    {
        await AddAsync(Lines.Audit(message: "1"), Lines.Audit(message: "2"));
        var items = await ReadAsync(new AuditStreamQuery(new AuditQuery()) { After = AuditStreamCursor.Encode(new([new(1, 3)])) });
        Assert.IsInstanceOfType<LogGap<AuditEvent>>(items[0]);
        AssertSame(items.Skip(1).Select(Message), "1", "2");
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
        AssertSame((await subscriber.RestAsync()).Where(item => item is not LogHeartbeat<AuditEvent>).Select(Message), "in time");
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

    private static AuditLogTail NewTail(LoggingDatabase database) =>
        new(new LiveDatabase(database, TimeProvider.System), new FixedReadYourWrites());

    private static string? Message(LogItem<AuditEvent> item) => ((AuditLogRecord)item).Event.Message;

    private static async Task<string?[]> MessagesAsync(BlockSubscriber<AuditEvent> subscriber, int count)
    {
        var messages = new List<string?>();
        while (messages.Count < count)
        {
            // A busy machine may be slow.
            if (await subscriber.NextAsync() is not LogHeartbeat<AuditEvent> and var item) messages.Add(Message(item));
        }

        return [.. messages];
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

    private async Task<BlockSubscriber<AuditEvent>> FollowAsync(AuditStreamQuery query) => new(await Tail.OpenAsync(query, Cancellation));

    private async Task<List<LogItem<AuditEvent>>> ReadAsync(AuditStreamQuery query)
    {
        await using var subscriber = await FollowAsync(query with { Follow = false });
        return await subscriber.RestAsync();
    }

    private async Task DeleteThroughAsync(long seq)
    {
        await using var session = await RetentionSession.OpenAsync(Database, Cancellation);
        await new AuditRowPruner(session).DeleteThroughAsync(1, seq, Cancellation);
    }

    private async Task AddAsync(params string[] lines)
    {
        Journal.Append(lines);
        await ProjectAsync(new AuditProjection());
    }
}
