using Zotify.Logging.Journal;
using Zotify.Logging.Projection;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Projection;

/// <summary>Exactly once and in order, whatever fails.</summary>
public abstract class ProjectorContract : StoreContract
{
    [TestMethod]
    [DataRow(Fault.WhenItBegins)]
    [DataRow(Fault.BeforeTheRows)]
    [DataRow(Fault.AfterTheRows)]
    [DataRow(Fault.BeforeTheCommit)]
    [DataRow(Fault.AfterTheCommit)]
    public async Task Every_line_arrives_once_though_every_other_transaction_fails(Fault fault)
    {
        var faults = new FaultyTransactions(fault);
        // Three transactions, so that lines are read ahead.
        var backlog = (2 * Database.TransactionRows) + 1_000;
        Journal.Append(Enumerable.Range(1, backlog).Select(i => Lines.Job($"sync-{i % 3}", message: $"{i}")));
        await using (var projector = Start(new FaultyProjection(new JobProjection(), faults), database: Store.Open(faults)))
        {
            await projector.CatchUpAsync(backlog, Cancellation);
            for (var i = backlog + 1; i <= backlog + 10; i++)
            {
                Journal.Append(Lines.Job("sync-0", message: $"{i}"));
                await projector.CatchUpAsync(i, Cancellation);
            }
        }

        CollectionAssert.AreEqual(
            Enumerable.Range(1, backlog + 10).Select(i => $"{i}").ToArray(), (await JobRowsAsync()).ConvertAll(row => row.Message));
        Assert.AreEqual((backlog / 3) + 10, (await JobAsync("sync-0")).Entries);
        Assert.AreEqual((backlog + 2) / 3, (await JobAsync("sync-1")).Entries);
        Assert.IsGreaterThan(3, faults.Failures, "the fault was not injected");
        Assert.IsGreaterThan(3, Reports.Count);
    }

    [TestMethod]
    [DataRow(Fault.BeforeTheRows)]
    [DataRow(Fault.AfterTheRows)]
    [DataRow(Fault.BeforeTheCommit)]
    [DataRow(Fault.AfterTheCommit)]
    public async Task Counts_agree_with_the_events_though_every_other_transaction_fails(Fault fault)
    {
        var faults = new FaultyTransactions(fault);
        await using (var projector = Start(new FaultyProjection(new AuditProjection(), faults), database: Store.Open(faults)))
        {
            for (var i = 1; i <= 20; i++)
            {
                Journal.Append(Lines.Audit(i % 2 == 0 ? "user.login" : "user.logout"));
                await projector.CatchUpAsync(i, Cancellation);
            }
        }

        Assert.HasCount(20, await AuditRowsAsync());
        AssertSame((await AuditCountsAsync()).ConvertAll(row => row.Count), 10, 10);
        Assert.IsGreaterThan(5, faults.Failures, "the fault was not injected");
    }

    [TestMethod]
    public async Task Two_projectors_of_one_journal_write_every_line_once()
    {
        var backlog = (2 * Database.TransactionRows) + 500;
        Journal.Append(Enumerable.Range(1, backlog).Select(i => Lines.Job(message: $"{i}")));
        await using (var one = Start(new JobProjection()))
        await using (var other = Start(new JobProjection(), database: Store.Open()))
        {
            for (var i = backlog + 1; i <= backlog + 100; i++)
            {
                Journal.Append(Lines.Job(message: $"{i}"));
                if (i % 7 == 0) await Task.WhenAll(one.CatchUpAsync(i, Cancellation), other.CatchUpAsync(i, Cancellation));
            }

            await Task.WhenAll(one.CatchUpAsync(backlog + 100, Cancellation), other.CatchUpAsync(backlog + 100, Cancellation));
        }

        CollectionAssert.AreEqual(
            Enumerable.Range(1, backlog + 100).Select(i => $"{i}").ToArray(), (await JobRowsAsync()).ConvertAll(row => row.Message));
        Assert.AreEqual(backlog + 100, (await JobAsync()).Entries);
        Assert.HasCount(1, await JournalRowsAsync());
        Assert.IsEmpty(Reports.Select(report => report.Message).Distinct());
    }

    [TestMethod]
    public async Task A_session_whose_checkpoint_is_not_the_databases_writes_nothing_and_reads_it_again()
    {
        Journal.Append(Lines.Job(message: "1"), Lines.Job(message: "2"), Lines.Job(message: "3"));
        var projection = new JobProjection();
        var identifier = new JournalIdentifier(Journal, projection, NewRejected(), "m1/app", Report);
        await using var slow = await ProjectionSession.OpenAsync(Database, projection, NewRejected(), Journal, identifier, Cancellation);
        await using var quick = await ProjectionSession.OpenAsync(Database, projection, NewRejected(), Journal, identifier, Cancellation);

        Assert.IsTrue(await quick.ApplyAsync(quick.Parse(Journal.Read(quick.Checkpoint, 2)), Cancellation));
        Assert.IsFalse(await slow.ApplyAsync(slow.Parse(Journal.Read(slow.Checkpoint, 3)), Cancellation));
        Assert.AreEqual(quick.Checkpoint, slow.Checkpoint);
        Assert.IsTrue(await slow.ApplyAsync(slow.Parse(Journal.Read(slow.Checkpoint, 3)), Cancellation));

        AssertSame((await JobRowsAsync()).ConvertAll(row => row.Message), "1", "2", "3");
    }

    [TestMethod]
    public async Task A_restart_goes_on_where_the_last_run_was()
    {
        Journal.Append(Lines.Audit(message: "1"), Lines.Audit(message: "2"));
        await ProjectAsync(new AuditProjection());
        Journal.Append(Lines.Audit(message: "3"));
        await ProjectAsync(new AuditProjection());

        AssertSame((await AuditRowsAsync()).ConvertAll(row => row.Message), "1", "2", "3");
        var journal = (await JournalRowsAsync()).Single();
        Assert.AreEqual((Journal.Id, "m1/app", "fake.json", 3L), (journal.Journal, journal.Instance, journal.Name, journal.Seq));
        Assert.AreEqual(new JournalCheckpoint(3, journal.Hash, 1, 300), Journal.Read(JournalCheckpoint.Start, 3)[2].ToCheckpoint());
        Assert.AreEqual((1L, 300L), (journal.Segment, journal.Offset));
    }

    [TestMethod]
    public async Task Failures_show_until_it_works_again_and_waits_grow()
    {
        Journal.Append(Lines.Job());
        var faults = new FailingTransactions();
        await using var projector = Start(new JobProjection(), database: Store.Open(faults));
        await projector.CatchUpAsync(1, Cancellation);
        Assert.IsNull(projector.LastError);
        faults.Fail = true;
        Journal.Append(Lines.Job());

        foreach (var wait in (int[])[100, 200, 400])
        {
            Assert.AreEqual(TimeSpan.FromMilliseconds(wait), await Time.NextWaitAsync(Cancellation));
        }

        Assert.IsNotNull(projector.LastError);
        Assert.AreEqual(1, projector.ProjectedSeq);
        Assert.Contains("cannot be projected now", Reports.First().Message);
    }

    [TestMethod]
    public async Task Tables_that_are_gone_are_named_and_the_journal_waits()
    {
        Journal.Append(Lines.Job());
        await ProjectAsync(new JobProjection());
        await Store.BreakAsync();
        Journal.Append(Lines.Job());

        await using var projector = Start(new JobProjection());
        await Time.NextWaitAsync(Cancellation);

        Assert.Contains("jobs", projector.LastError!.Message);
        Assert.AreEqual(0, projector.Rejected);
        Assert.AreEqual("1", await Store.ReadTextAsync("SELECT seq FROM journals"));
    }

    [TestMethod]
    public async Task Waiting_for_a_stopped_projector_throws()
    {
        var projector = Start(new AuditProjection());
        var waiting = projector.CatchUpAsync(1, Cancellation);

        await projector.StopAsync(Cancellation);
        await projector.DisposeAsync();
        await projector.DisposeAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAsync<OperationCanceledException>(() => projector.CatchUpAsync(1, Cancellation));
    }

    [TestMethod]
    public async Task A_wait_can_be_cancelled_and_one_for_what_is_there_returns_at_once()
    {
        Journal.Append(Lines.Audit());
        await using var projector = Start(new AuditProjection());
        await projector.CatchUpAsync(1, Cancellation);
        Assert.IsTrue(projector.CatchUpAsync(1, Cancellation).IsCompletedSuccessfully);

        using var cancellation = new CancellationTokenSource();
        var waiting = projector.CatchUpAsync(2, cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => waiting);
    }
}
