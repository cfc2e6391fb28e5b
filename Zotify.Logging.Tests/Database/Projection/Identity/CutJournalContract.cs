namespace Zotify.Logging.Tests.Database.Projection.Identity;

/// <summary>
/// Files that have fewer lines than the database, or other lines: common lines are not projected again, and all others are.
/// </summary>
public abstract class CutJournalContract : IdentityContract
{
    [TestMethod]
    [DataRow(JournalKind.Audit)]
    [DataRow(JournalKind.Jobs)]
    public async Task Lines_written_after_the_cut_and_before_the_database_existed_are_projected(JournalKind kind)
    {
        var directory = await ProjectedAsync(kind);
        var old = directory.Journal.Id;
        directory.Cut(1);
        // Two runs without a database: the second treats the first one's lines as those of an earlier run.
        directory.Append("a");
        directory.End();
        directory.Append("b");
        directory.End();
        directory.Append("c");
        await directory.ProjectAsync(Database, Cancellation);

        Assert.AreNotEqual(old, directory.StoredId());
        await AssertRowsAsync(kind, "1", "2", "3", "4", "5", "a", "b", "c");
        AssertSame((await JournalRowsAsync()).ConvertAll(row => row.Seq), 5, 7);
        Assert.Contains("truncated", Reported().Single());
        Assert.Contains("has its lines up to 4", Reported().Single());
    }

    [TestMethod]
    [DataRow(JournalKind.Audit)]
    [DataRow(JournalKind.Jobs)]
    public async Task A_directory_restored_from_an_older_backup_goes_on_as_a_new_journal(JournalKind kind)
    {
        var directory = await ProjectedAsync(kind);
        directory.End();
        var backup = Copy(directory, "backup");
        directory.Append("6", "7");
        await directory.ProjectAsync(Database, Cancellation);
        directory.Restore(backup.Path);

        directory.Append("a", "b", "c");
        await directory.ProjectAsync(Database, Cancellation);

        await AssertRowsAsync(kind, "1", "2", "3", "4", "5", "6", "7", "a", "b", "c");
        AssertSame((await JournalRowsAsync()).ConvertAll(row => row.Seq), 7, 8);
        Assert.Contains("has its lines up to 5. Later lines are projected as a new journal", Reported().Single());
    }

    [TestMethod]
    [DataRow(JournalKind.Audit)]
    [DataRow(JournalKind.Jobs)]
    public async Task A_second_restoration_goes_on_from_what_the_first_journal_has(JournalKind kind)
    {
        var directory = await ProjectedAsync(kind);
        directory.End();
        var backup = Copy(directory, "backup");
        directory.Append("6", "7");
        await directory.ProjectAsync(Database, Cancellation);
        var later = Copy(directory, "later");
        directory.Restore(backup.Path);
        directory.Append("a", "b", "c");
        await directory.ProjectAsync(Database, Cancellation);
        // The id that the journal had in between, over the lines that it had first.
        var id = directory.StoredId();
        directory.Restore(later.Path);
        await File.WriteAllTextAsync(directory.IdFile, $"{id}\n", Cancellation);

        directory.Append("8");
        await directory.ProjectAsync(Database, Cancellation);

        await AssertRowsAsync(kind, "1", "2", "3", "4", "5", "6", "7", "a", "b", "c", "8");
        AssertSame((await JournalRowsAsync()).ConvertAll(row => row.Seq), 8, 8);
    }

    [TestMethod]
    [DataRow(JournalKind.Audit)]
    [DataRow(JournalKind.Jobs)]
    public async Task A_database_restored_from_an_older_backup_gets_what_it_lacks(JournalKind kind)
    {
        var directory = await ProjectedAsync(kind);
        var id = directory.Journal.Id;
        var (seq, hash, segment, offset) = (await JournalRowsAsync()).Single().ToCheckpoint();
        directory.Append("6", "7");
        await directory.ProjectAsync(Database, Cancellation);
        directory.End();
        // As in the backup.
        await Store.ExecuteAsync(
            $"""
            DELETE FROM audit_events WHERE seq > 5; DELETE FROM job_logs WHERE seq > 5;
            UPDATE audit_counts SET count = 5; UPDATE jobs SET entries = 5;
            UPDATE journals SET seq = {seq}, hash = '{hash}', segment = {segment}, "offset" = {offset};
            """);

        directory.Append("8");
        await directory.ProjectAsync(Database, Cancellation);

        Assert.AreEqual(id, directory.StoredId());
        await AssertRowsAsync(kind, "1", "2", "3", "4", "5", "6", "7", "8");
        Assert.IsEmpty(Reports);
    }

    [TestMethod]
    public async Task A_line_that_was_changed_is_the_same_event_and_gets_no_second_row()
    {
        var directory = await ProjectedAsync(JournalKind.Audit);
        directory.End();
        var text = await File.ReadAllTextAsync(directory.Active, Cancellation);
        await File.WriteAllTextAsync(directory.Active,
            text.Replace("\"message\":\"5\"", "\"message\":\"forged\"", StringComparison.Ordinal), Cancellation);

        directory.Append("6");
        await directory.ProjectAsync(Database, Cancellation);

        await AssertRowsAsync(JournalKind.Audit, "1", "2", "3", "4", "5", "6");
        Assert.Contains("truncated", Reported().Single());
    }

    [TestMethod]
    [DataRow(JournalKind.Audit)]
    [DataRow(JournalKind.Jobs)]
    public async Task A_file_that_was_emptied_begins_again_as_a_new_journal(JournalKind kind)
    {
        var directory = await ProjectedAsync(kind, count: 2);
        directory.End();
        await File.WriteAllTextAsync(directory.Active, "", Cancellation);

        directory.Append("a", "b", "c");
        await directory.ProjectAsync(Database, Cancellation);

        await AssertRowsAsync(kind, "1", "2", "a", "b", "c");
        Assert.Contains("truncated", Reported().Single());
    }

    [TestMethod]
    [DataRow(JournalKind.Audit)]
    [DataRow(JournalKind.Jobs)]
    public async Task Lines_whose_rows_retention_deleted_come_again_after_a_cut_rather_than_that_one_is_missing(JournalKind kind)
    {
        var directory = await ProjectedAsync(kind);
        await Store.ExecuteAsync(kind == JournalKind.Audit ? "DELETE FROM audit_events" : "DELETE FROM job_logs");
        directory.Cut(1);

        await directory.ProjectAsync(Database, Cancellation);
        directory.Append("a");
        await directory.ProjectAsync(Database, Cancellation);

        AssertSame(await RowsAsync(kind), "1", "2", "3", "4", "a");
    }
}
