namespace Zotify.Logging.Tests.Database.Projection.Identity;

/// <summary>A process ends anywhere between a journal's new id and its row: the next one finds out how far it was.</summary>
public abstract class EndAtEveryStepContract : IdentityContract
{
    [TestMethod]
    [DataRow(JournalKind.Audit)]
    [DataRow(JournalKind.Jobs)]
    public Task A_cut_journal_is_projected_once(JournalKind kind) => AssertOnceAsync(kind, directory => directory.Cut(1), "truncated");

    [TestMethod]
    [DataRow(JournalKind.Audit)]
    [DataRow(JournalKind.Jobs)]
    public Task A_journal_whose_id_was_lost_is_projected_once(JournalKind kind) =>
        AssertOnceAsync(kind, directory => directory.LoseId(), "it goes on under that id");

    private async Task AssertOnceAsync(JournalKind kind, Action<WrittenDirectory> harm, string report)
    {
        string[] rows = ["1", "2", "3", "4", "5"];
        var every = Store.Every(2);
        var steps = (int)kind % every;
        for (var ended = true; ended; steps += every)
        {
            var directory = await ProjectedAsync(kind, name: $"logs-{steps}");
            harm(directory);
            directory.Append("a");

            var process = new EndingProcess(steps);
            ended = await directory.ProjectUntilAsync(process, Store.Open(process), Time, Cancellation);
            await directory.ProjectAsync(Database, Cancellation);
            directory.Append("b");
            await directory.ProjectAsync(Database, Cancellation);
            directory.End();

            await AssertRowsAsync(kind, [.. rows, "a", "b"]);
            await EmptyAsync();
            Assert.IsLessThan(100, steps, "it never gets through");
        }

        Assert.IsGreaterThan(12, steps, "steps were not met");
        Assert.IsTrue(Reported().Any(text => text.Contains(report, StringComparison.Ordinal)));
        TestContext.WriteLine($"ended at one of {every} of {steps - every} steps");
    }
}
