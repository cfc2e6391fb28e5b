using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.Queries;
using Zotify.Logging.Retention;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Queries.Live;

namespace Zotify.Logging.Tests.Queries.Audit;

/// <summary>A stream of audit events reports a gap where events after its cursor were deleted, and only there.</summary>
public abstract class AuditLogTailGapContract : AuditLogTailFixture
{
    [TestMethod]
    public async Task A_stream_that_does_not_follow_reports_that_the_database_is_behind()
    {
        await AddAsync(Lines.Audit(message: "1"), Lines.Audit(message: "2"));
        var tail = new AuditLogTail(new LiveDatabase(Database, TimeProvider.System), new FixedReadYourWrites(behind: 7));
        await using var subscriber = new BlockSubscriber<AuditEvent>(await tail.OpenAsync(All with { Follow = false }, Cancellation));
        await subscriber.FirstBlockAsync();
        Assert.AreEqual(7, subscriber.Block!.Behind, "it is known before the answer begins");
        var items = await subscriber.RestAsync();
        Assert.AreEqual(7, ((LogBehind<AuditEvent>)items[0]).Behind);
        AssertSame(items.Skip(1).Select(Message), "1", "2");

        // One that follows gets them later. It ends behind only if its time has passed.
        var past = new AuditStreamQuery(new AuditQuery { To = Lines.Noon.AddYears(-1) });
        await using var over = new BlockSubscriber<AuditEvent>(await tail.OpenAsync(past, Cancellation));
        await over.FirstBlockAsync();
        Assert.AreEqual(0, over.Block!.Behind);
        Assert.AreEqual(7, ((LogBehind<AuditEvent>)(await over.RestAsync()).Single()).Behind);
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

    private async Task DeleteThroughAsync(long seq)
    {
        await using var session = await RetentionSession.OpenAsync(Database, Cancellation);
        await new AuditRowPruner(session).DeleteThroughAsync(1, seq, Cancellation);
    }
}
