using Zotify.Logging.Retention;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Queries.Live;

namespace Zotify.Logging.Tests.Database.Texts;

[TestClass]
[SqlServerCondition]
public sealed class SqlServerTextMaintenanceTests : TextMaintenanceContract
{
    private protected override TestStore NewStore() => new SqlServerStore();

    [TestMethod]
    public async Task Of_two_that_index_the_last_small_runs_of_a_large_one_the_second_merges_them()
    {
        await AddAsync(1_023);
        await Store.ExecuteAsync("DELETE FROM audit_text_pages WHERE first_seq < 128", "UPDATE audit_text_runs SET pages = NULL WHERE first_seq < 128");
        await AddAsync(1);
        var locking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tap = new BeforeCommand("UPDATE [dbo].[journals] SET seq = seq", () =>
        {
            locking.TrySetResult();
            return Task.CompletedTask;
        });
        await using var second = await Store.Open(tap).OpenForWritingAsync(Cancellation);
        var secondWork = (await FindAsync(second, Cancellation))!;
        // The other one is the newest now.
        await Store.ExecuteAsync("UPDATE audit_text_runs SET latest = '2027-01-01' WHERE first_seq = 1");
        await using var first = await Store.Open().OpenForWritingAsync(Cancellation);
        var firstWork = (await FindAsync(first, Cancellation))!;

        var ended = Task.CompletedTask;
        await CommitAsync(
            first,
            async () =>
            {
                await firstWork();
                ended = Task.Run(() => CommitAsync(second, secondWork, Cancellation), Cancellation);
                await Task.WhenAny(ended, locking.Task);
            },
            Cancellation);
        await ended;

        Assert.AreEqual("1|1|1024|1", await Store.ReadTextAsync(Runs));
        await AssertFindsAllAsync();
    }

    [TestMethod]
    public async Task A_run_that_a_projector_extends_while_its_rows_are_deleted_stays()
    {
        await AddAsync(70);
        var other = new FakeJournal("other.json");
        other.Append(Lines.Audit(at: Lines.Noon.AddHours(2), message: "later"));
        await ProjectAsync(new NoIdleWork(NewProjection()), other);
        await IndexAllAsync();
        Assert.AreEqual("1|1|64|1\n1|65|70|1", await Store.ReadTextAsync(Runs));

        // In another hour, whose counts the deletion does not lock.
        var tap = new BeforeCommand("DELETE FROM [dbo].[audit_text_", () => AddAsync(60, Lines.Noon.AddHours(3)));
        await using (var session = await RetentionSession.OpenAsync(Store.Open(tap), Cancellation))
            await new AuditRowPruner(session).DeleteThroughAsync(1, 70, Cancellation);

        Assert.IsTrue(tap.IsDone);
        Assert.AreEqual("1|65|128|1", await Store.ReadTextAsync(Runs));
        await AssertFindsAllAsync();
    }
}
