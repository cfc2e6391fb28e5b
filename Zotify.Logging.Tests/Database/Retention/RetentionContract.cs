using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.Retention;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Retention;

/// <summary>Only rows beyond retention are deleted, and the sums stay right.</summary>
public abstract class RetentionContract : StoreContract
{
    private static readonly DateTime Noon = Lines.Noon;

    [TestMethod]
    public async Task Events_go_through_a_number_and_those_of_other_journals_stay()
    {
        var other = new FakeJournal();
        other.Append(Lines.Audit(message: "other"));
        await ProjectAsync(new AuditProjection(), other, instance: "m2/app");
        Journal.Append(Enumerable.Range(1, 5).Select(i => Lines.Audit(message: $"{i}")));
        await ProjectAsync(new AuditProjection());

        await DeleteThroughAsync(3);

        AssertSame((await AuditRowsAsync()).ConvertAll(row => row.Message), "other", "4", "5");
        Assert.AreEqual(5, (await JournalRowsAsync())[1].Seq, "the cursor stays where it was");
    }

    [TestMethod]
    public async Task Counts_fall_with_their_events_and_an_hour_without_events_is_gone()
    {
        Journal.Append(
            Lines.Audit("user.login", Noon),
            Lines.Audit("user.login", Noon.AddMinutes(59)),
            Lines.Audit("user.logout", Noon.AddMinutes(1)));
        Journal.Append(Lines.Audit("user.login", Noon.AddHours(1)), Lines.Audit("user.login", Noon.AddMinutes(30)));
        await ProjectAsync(new AuditProjection());

        await DeleteThroughAsync(4);

        var left = (await AuditCountsAsync()).Single();
        Assert.AreEqual((Noon, "user.login", 1L), (left.Hour, left.EventType, left.Count));
    }

    [TestMethod]
    public async Task Many_events_go_in_chunks_that_let_others_write_in_between()
    {
        Journal.Append(Enumerable.Range(1, 2_500).Select(i => Lines.Audit(i % 2 == 0 ? "user.login" : "user.logout", Noon.AddMinutes(i))));
        await ProjectAsync(new AuditProjection());
        var transactions = new CountingTransactions();

        await DeleteThroughAsync(2_400, Store.Open(transactions));

        Assert.AreEqual(3, transactions.Commits);
        Assert.HasCount(100, await AuditRowsAsync());
        Assert.AreEqual(100, (await AuditCountsAsync()).Sum(row => row.Count));
    }

    [TestMethod]
    [DataRow(Fault.WhenItBegins)]
    [DataRow(Fault.BeforeTheCommit)]
    [DataRow(Fault.AfterTheCommit)]
    public async Task Events_and_counts_agree_though_transactions_fail(Fault fault)
    {
        Journal.Append(Enumerable.Range(1, 2_500).Select(i => Lines.Audit(at: Noon.AddMinutes(i))));
        await ProjectAsync(new AuditProjection());
        var faults = new FaultyTransactions(fault);
        var database = Store.Open(faults);

        for (var failed = true; failed;)
        {
            try
            {
                await DeleteThroughAsync(2_499, database);
                failed = false;
            }
            catch (IOException)
            {
                Assert.HasCount((int)(await AuditCountsAsync()).Sum(row => row.Count), await AuditRowsAsync());
            }
        }

        Assert.IsGreaterThan(1, faults.Failures, "the fault was not injected");
        AssertSame((await AuditRowsAsync()).ConvertAll(row => row.Seq), 2_500);
        Assert.AreEqual(1, (await AuditCountsAsync()).Single().Count);
    }

    [TestMethod]
    public async Task Old_events_of_a_writers_former_journals_go_by_their_age()
    {
        var other = new FakeJournal();
        other.Append(Lines.Audit(message: "of another writer", at: Noon.AddDays(-9)));
        await ProjectAsync(new AuditProjection(), other, instance: "m2/app");
        var former = new FakeJournal();
        former.Append(Lines.Audit(message: "old", at: Noon.AddDays(-9)), Lines.Audit(message: "young", at: Noon));
        await ProjectAsync(new AuditProjection(), former);
        Journal.Append(Lines.Audit(message: "the journal's own", at: Noon.AddDays(-9)));
        await ProjectAsync(new AuditProjection());

        await using (var session = await RetentionSession.OpenAsync(Database, Cancellation))
        {
            var journal = await session.FindAsync(Journal, Cancellation);
            var rows = new AuditRowPruner(session);
            var formers = await rows.FormerJournalsAsync(journal!, Cancellation);
            Assert.HasCount(1, formers);
            Assert.AreEqual((Noon.AddDays(-9), Noon.AddDays(-9)), await rows.SpanBeforeAsync(formers[0], Noon.AddDays(-1), Cancellation));
            Assert.IsNull(await rows.SpanBeforeAsync(formers[0], Noon.AddDays(-10), Cancellation));
            await rows.DeleteBeforeAsync(formers[0], Noon.AddDays(-1), Cancellation);
        }

        AssertSame((await AuditRowsAsync()).ConvertAll(row => row.Message), "of another writer", "young", "the journal's own");
    }

    [TestMethod]
    public async Task The_first_event_of_a_journal_is_found()
    {
        Journal.Append(Lines.Audit(), Lines.Audit(), Lines.Audit());
        await ProjectAsync(new AuditProjection());
        await DeleteThroughAsync(1);
        await using var session = await RetentionSession.OpenAsync(Database, Cancellation);
        var rows = new AuditRowPruner(session);
        var journal = (await session.FindAsync(Journal, Cancellation))!.Id;
        Assert.AreEqual(2, await rows.FirstSeqAsync(journal, Cancellation));
        Assert.IsNull(await rows.FirstSeqAsync(journal + 1, Cancellation));
    }

    [TestMethod]
    public async Task The_span_of_old_entries_and_jobs_is_found()
    {
        Journal.Append(Lines.Job("a", Noon), Lines.Job("b", Noon.AddHours(1)), Lines.Job("c", Noon.AddHours(2)));
        await ProjectAsync(new JobProjection());
        await using var session = await RetentionSession.OpenAsync(Database, Cancellation);
        var rows = new JobRowPruner(session);
        Assert.AreEqual((Noon, Noon.AddHours(1)), await rows.SpanBeforeAsync(Noon.AddHours(2), Cancellation));
        Assert.IsNull(await rows.SpanBeforeAsync(Noon, Cancellation));
        Assert.AreEqual(DateTimeKind.Utc, (await rows.SpanBeforeAsync(Noon.AddHours(2), Cancellation))!.Value.Newest.Kind);
    }

    [TestMethod]
    public async Task A_chunk_has_the_oldest_rows()
    {
        Journal.Append(Lines.Job("a", Noon.AddHours(3)), Lines.Job("b", Noon), Lines.Job("c", Noon.AddHours(2)), Lines.Job("d", Noon.AddHours(1)));
        await ProjectAsync(new JobProjection());
        await using var connection = await Database.OpenForWritingAsync(Cancellation);
        var filter = new SqlFilter(Database.Dialect);
        var delete = Database.Dialect.DeleteOldest(
            "job_logs", ["journal_id", "seq"], "timestamp", filter.Value(Noon.AddHours(3)), filter.Count(2));

        Assert.AreEqual(2, await connection.ExecuteAsync(SqlQuery.Raw(delete, filter.Parameters), Cancellation));
        AssertSame((await JobRowsAsync()).Select(row => row.JobId), "a", "c");
    }

    [TestMethod]
    public async Task Entries_and_jobs_go_by_their_time()
    {
        Journal.Append(Lines.Job("gone", Noon, "job.started"), Lines.Job("gone", Noon.AddSeconds(1), "job.completed"));
        Journal.Append(Lines.Job("quiet", Noon, "job.started"));
        Journal.Append(Lines.Job("goes-on", Noon, "job.started"), Lines.Job("goes-on", Noon.AddHours(2), message: "later"));
        await ProjectAsync(new JobProjection());

        await DeleteBeforeAsync(Noon.AddHours(1));

        AssertSame((await JobRowsAsync()).ConvertAll(row => (row.JobId, row.Message)), ("goes-on", "later"));
        var job = (await Database.ReadTablesAsync((context, token) => context.Jobs.AsNoTracking().ToListAsync(token), Cancellation))
            .Single();
        Assert.AreEqual(("goes-on", 2L, Noon), (job.JobId, job.Entries, job.FirstAt));
    }

    [TestMethod]
    [StandInLimit(StandIn.SeventhDigit)]
    public async Task A_record_of_exactly_that_time_stays()
    {
        Journal.Append(Lines.Job("a", Noon.AddTicks(-1)), Lines.Job("b", Noon));
        await ProjectAsync(new JobProjection());
        await DeleteBeforeAsync(Noon);
        AssertSame((await JobRowsAsync()).ConvertAll(row => row.JobId), "b");
    }

    [TestMethod]
    public async Task Many_entries_and_jobs_go_in_chunks()
    {
        // A chunk of entries ends at a time that many of them may share.
        Journal.Append(Enumerable.Range(0, 2_500).Select(i => Lines.Job($"job-{i}", Noon.AddSeconds(i / 10))));
        await ProjectAsync(new JobProjection());
        var transactions = new CountingTransactions();

        await DeleteBeforeAsync(Noon.AddSeconds(240), Store.Open(transactions));

        AssertSame(
            (await JobRowsAsync()).Select(row => row.JobId).Order(StringComparer.Ordinal),
            [.. Enumerable.Range(2_400, 100).Select(i => $"job-{i}")]);
        Assert.AreEqual(100, await Database.ReadTablesAsync((context, token) => context.Jobs.CountAsync(token), Cancellation));
        Assert.AreEqual(3 + 3 + 1, transactions.Commits, "entries, jobs, and instances");
    }

    [TestMethod]
    public async Task A_job_that_was_deleted_begins_anew_when_it_logs_again()
    {
        Journal.Append(Lines.Job(at: Noon, eventName: "job.started"));
        await ProjectAsync(new JobProjection());
        await DeleteBeforeAsync(Noon.AddHours(1));
        Journal.Append(Lines.Job(at: Noon.AddHours(2)));
        await ProjectAsync(new JobProjection());
        var job = await JobAsync();
        Assert.AreEqual((1L, Noon.AddHours(2)), (job.Entries, job.FirstAt));
    }

    private async Task DeleteThroughAsync(long seq, LoggingDatabase? database = null)
    {
        await using var session = await RetentionSession.OpenAsync(database ?? Database, Cancellation);
        var journal = await session.FindAsync(Journal, Cancellation);
        await new AuditRowPruner(session).DeleteThroughAsync(journal!.Id, seq, Cancellation);
    }

    private async Task DeleteBeforeAsync(DateTime time, LoggingDatabase? database = null)
    {
        await using var session = await RetentionSession.OpenAsync(database ?? Database, Cancellation);
        await new JobRowPruner(session).DeleteBeforeAsync(time, Cancellation);
    }
}
