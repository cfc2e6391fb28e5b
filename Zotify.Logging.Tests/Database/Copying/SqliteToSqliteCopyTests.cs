using Zotify.Logging.Copying;
using Zotify.Logging.Projection;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Copying;

[TestClass]
public sealed class SqliteToSqliteCopyTests : CopyContract
{
    private protected override TestStore NewStore() => new SqliteStore();

    private protected override TestStore NewTarget() => new SqliteStore();

    [TestMethod]
    public async Task A_value_of_the_source_that_cannot_be_read_is_named_by_its_row()
    {
        await FillAsync();
        await Store.ExecuteAsync("UPDATE job_logs SET timestamp = 'yesterday' WHERE seq = 9");

        var failed = await Assert.ThrowsExactlyAsync<CopyFailedException>(() => Scene.CopyAsync(Cancellation));

        Assert.StartsWith("job_logs: the row after id 8 of the source cannot be read: ", failed.Message);
    }

    [TestMethod]
    public async Task A_target_with_rows_is_refused_and_stays_as_it_is()
    {
        await FillAsync();
        var other = new FakeJournal("other.json");
        other.Append(Lines.Job("mine"));
        await using (var projector = Start(new JobProjection(), other, Scene.Target.Open())) await projector.CatchUpAsync(1, Cancellation);

        var refused = await Assert.ThrowsExactlyAsync<CopyFailedException>(() => Scene.CopyAsync(Cancellation, restarts: true));

        Assert.Contains("its table journals has 1 rows", refused.Message);
        Assert.AreEqual("mine", await Scene.Target.ReadTextAsync("SELECT job_id FROM jobs"));
        await using var writes = await Scene.Target.Open().OpenForWritingAsync(Cancellation);
    }

    [TestMethod]
    public async Task A_copy_of_a_source_that_was_written_since_is_refused_and_begins_again_on_demand()
    {
        await FillAsync();
        await Assert.ThrowsExactlyAsync<IOException>(() => Scene.CopyAsync(Cancellation, new FailingOnce(Fault.BeforeTheCommit, after: 3)));
        Jobs.Append(Lines.Job("new"));
        await ProjectAsync(Scene.Source);

        var refused = await Assert.ThrowsExactlyAsync<CopyFailedException>(() => Scene.CopyAsync(Cancellation));
        Assert.Contains("--restart", refused.Message);
        await Scene.CopyAsync(Cancellation, restarts: true);

        Assert.AreEqual(
            await CopyScene.RowsAsync(Scene.Source, Cancellation), await CopyScene.RowsAsync(Scene.Target, Cancellation));
    }

    [TestMethod]
    public async Task A_source_that_is_written_meanwhile_is_noticed_at_the_end_and_the_copy_stays_unfinished()
    {
        await FillAsync();
        var writes = new AfterCommits(
            10, () => Scene.Source.ExecuteAsync("DELETE FROM job_logs WHERE seq = 5; UPDATE journals SET seq = 260"));

        var failed = await Assert.ThrowsExactlyAsync<CopyFailedException>(() => Scene.CopyAsync(Cancellation, writes));

        Assert.Contains($"job_logs has {Entries} rows in the source and {Entries + 1} in the target", failed.Message);
        Assert.Contains("journals has 2 rows in both, but not the same ones", failed.Message);
        await AssertRefusedAsync();
    }
}
