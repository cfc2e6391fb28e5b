using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Projection;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Projection;

/// <summary>A journal that lost or changed lines, or a database that lost rows: what is left is there, and what comes goes on.</summary>
public abstract class ChangedJournalContract : StoreContract
{
    [TestMethod]
    public async Task A_database_that_lost_its_journal_gets_all_of_it_again()
    {
        Journal.Append(Lines.Audit(message: "1"));
        await using var projector = Start(new AuditProjection());
        await projector.CatchUpAsync(1, Cancellation);
        await Database.ReadTablesAsync(
            async (context, cancellation) =>
                await context.AuditEvents.ExecuteDeleteAsync(cancellation) + await context.Journals.ExecuteDeleteAsync(cancellation),
            Cancellation);

        Journal.Append(Lines.Audit(message: "2"));
        await projector.CatchUpAsync(2, Cancellation);

        AssertSame((await AuditRowsAsync()).ConvertAll(row => row.Message), "1", "2");
    }

    [TestMethod]
    public async Task A_shorter_journal_is_reported_and_goes_on_as_a_new_one_after_its_last_line()
    {
        Journal.Append(Lines.Audit(message: "1"), Lines.Audit(message: "2"), Lines.Audit(message: "3"));
        await ProjectAsync(new AuditProjection());
        var old = Journal.Id;
        Journal.CutAfter(1);

        await using var projector = Start(new AuditProjection());
        Journal.Append(Lines.Audit(message: "another 2"));
        await projector.CatchUpAsync(2, Cancellation);

        Assert.AreEqual(1, Journal.Renewals);
        Assert.Contains("truncated", Reports.Single().Message);
        AssertSame((await AuditRowsAsync()).ConvertAll(row => row.Message), "1", "2", "3", "another 2");
        AssertSame((await JournalRowsAsync()).ConvertAll(row => (row.Journal, row.Seq)), (old, 3L), (Journal.Id, 2L));
    }

    [TestMethod]
    public async Task A_new_database_gets_all_of_a_journal_that_was_cut_before()
    {
        Journal.Append(Lines.Audit(message: "1"), Lines.Audit(message: "2"));
        await using var projector = Start(new AuditProjection());
        await projector.CatchUpAsync(2, Cancellation);
        Journal.CutAfter(1);
        Journal.Append(Lines.Audit(message: "another 2"), Lines.Audit(message: "3"));
        await projector.CatchUpAsync(3, Cancellation);
        await Database.ReadTablesAsync(
            async (context, cancellation) =>
                await context.AuditEvents.ExecuteDeleteAsync(cancellation) + await context.Journals.ExecuteDeleteAsync(cancellation),
            Cancellation);

        Journal.Append(Lines.Audit(message: "4"));
        await projector.CatchUpAsync(4, Cancellation);

        AssertSame((await AuditRowsAsync()).ConvertAll(row => row.Message), "1", "another 2", "3", "4");
    }

    [TestMethod]
    public async Task A_journal_that_is_cut_under_a_projector_goes_on_after_its_last_line()
    {
        Journal.Append(Lines.Audit(message: "1"));
        await using var projector = Start(new AuditProjection());
        Journal.Append(Lines.Audit(message: "2"), Lines.Audit(message: "3"));
        await projector.CatchUpAsync(3, Cancellation);
        Journal.CutAfter(2);

        Journal.Append(Lines.Audit(message: "another 3"), Lines.Audit(message: "4"));
        await projector.CatchUpAsync(4, Cancellation);

        AssertSame((await AuditRowsAsync()).ConvertAll(row => row.Message), "1", "2", "3", "another 3", "4");
    }

    [TestMethod]
    public async Task A_journal_with_another_event_at_the_checkpoint_continues_as_a_new_one_with_that_event()
    {
        Journal.Append(Lines.Audit(message: "1"), Lines.Audit(message: "2"));
        await ProjectAsync(new AuditProjection());
        Journal.Replace(2, Lines.Audit(message: "another 2"));
        Journal.Append(Lines.Audit(message: "3"));

        await ProjectAsync(new AuditProjection());

        AssertSame((await AuditRowsAsync()).ConvertAll(row => row.Message), "1", "2", "another 2", "3");
        AssertSame((await JournalRowsAsync()).ConvertAll(row => row.Seq), 2, 3);
    }
}
