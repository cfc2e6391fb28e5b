using Zotify.Logging.Journal;

namespace Zotify.Logging.Tests.Database.Projection.Identity;

/// <summary>What operators do to the database while the journals go on: see the end of <c>docs/sql.md</c>.</summary>
public abstract class KeptDatabaseContract : IdentityContract
{
    [TestMethod]
    [DataRow(JournalKind.Audit)]
    [DataRow(JournalKind.Jobs)]
    public async Task Rows_that_were_deleted_by_SQL_stay_deleted(JournalKind kind)
    {
        var directory = await ProjectedAsync(kind);
        await Store.ExecuteAsync("DELETE FROM audit_events WHERE seq IN (2, 3); DELETE FROM job_logs WHERE seq IN (2, 3);");
        directory.End();

        directory.Append("6");
        await directory.ProjectAsync(Database, Cancellation);

        AssertSame(await RowsAsync(kind), "1", "4", "5", "6");
        Assert.IsEmpty(Reports);
    }

    [TestMethod]
    public async Task A_database_restored_from_a_backup_older_than_the_job_journals_files_goes_on_with_what_they_have()
    {
        var directory = await ProjectedAsync(JournalKind.Jobs);
        var (seq, hash, segment, offset) = (await JournalRowsAsync()).Single().ToCheckpoint();
        directory.Append(Enumerable.Range(6, 10).Select(i => $"{i}"));
        await directory.ProjectAsync(Database, Cancellation);
        directory.End();
        await Store.ExecuteAsync(
            $"""
            DELETE FROM job_logs WHERE seq > 5; UPDATE jobs SET entries = 5;
            UPDATE journals SET seq = {seq}, hash = '{hash}', segment = {segment}, "offset" = {offset};
            """);
        // As retention does once the lines are in the database.
        foreach (var rolled in Segment.Rolled(directory.Active)) File.Delete(rolled.Path);
        var kept = directory.Messages;

        directory.Append("16");
        await directory.ProjectAsync(Database, Cancellation);

        Assert.IsNotEmpty(kept);
        Assert.DoesNotContain("6", kept);
        AssertSame(await RowsAsync(JournalKind.Jobs), ["1", "2", "3", "4", "5", .. kept, "16"]);
        Assert.HasCount(2, await JournalRowsAsync());
        Assert.Contains("new journal", Reported().Single());
    }
}
