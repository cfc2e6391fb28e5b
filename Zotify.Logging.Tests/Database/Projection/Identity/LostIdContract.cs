namespace Zotify.Logging.Tests.Database.Projection.Identity;

/// <summary>A journal whose id file is lost is recognized by its lines.</summary>
public abstract class LostIdContract : IdentityContract
{
    [TestMethod]
    [DataRow(JournalKind.Audit, null)]
    [DataRow(JournalKind.Audit, "")]
    [DataRow(JournalKind.Audit, "half-an-i")]
    [DataRow(JournalKind.Audit, "01890a5d-ac96-774b-bcce-b302099a8057")]
    [DataRow(JournalKind.Jobs, null)]
    [DataRow(JournalKind.Jobs, "01890a5d-ac96-774b-bcce-b302099a8057")]
    public async Task The_journal_gets_its_id_back_and_goes_on(JournalKind kind, string? spoilt)
    {
        var directory = await ProjectedAsync(kind);
        var id = directory.Journal.Id;
        directory.LoseId(spoilt);

        directory.Append("6", "7");
        Assert.AreNotEqual(id, directory.StoredId());
        await directory.ProjectAsync(Database, Cancellation);

        Assert.AreEqual(id, directory.Journal.Id);
        Assert.AreEqual(id, directory.StoredId());
        await AssertRowsAsync(kind, "1", "2", "3", "4", "5", "6", "7");
        Assert.AreEqual(7, (await JournalRowsAsync()).Single().Seq);
        Assert.Contains($"to the journal {id}; it goes on under that id", Reported().Single());
    }

    [TestMethod]
    [DataRow(JournalKind.Audit)]
    [DataRow(JournalKind.Jobs)]
    public async Task The_name_of_the_instance_may_have_changed(JournalKind kind)
    {
        var directory = await ProjectedAsync(kind);
        directory.LoseId();

        directory.Append("6");
        await directory.ProjectAsync(Database, Cancellation, "m2/app");

        await AssertRowsAsync(kind, "1", "2", "3", "4", "5", "6");
        Assert.HasCount(1, await JournalRowsAsync());
    }

    [TestMethod]
    [DataRow(JournalKind.Audit)]
    [DataRow(JournalKind.Jobs)]
    public async Task It_is_the_right_one_of_many_journals_of_one_name(JournalKind kind)
    {
        for (var i = 0; i < 5; i++)
        {
            var other = NewDirectory(kind, $"other-{i}");
            other.Append(Enumerable.Range(1, 7).Select(n => $"{i}-{n}"));
            await other.ProjectAsync(Database, Cancellation);
        }

        var directory = await ProjectedAsync(kind);
        var id = directory.Journal.Id;
        directory.LoseId();
        directory.Append("6");
        await directory.ProjectAsync(Database, Cancellation);

        Assert.AreEqual(id, directory.StoredId());
        Assert.AreEqual(5 * 7 + 6, (await RowsAsync(kind)).Distinct().Count());
        Assert.HasCount(5 * 7 + 6, await RowsAsync(kind));
    }

    [TestMethod]
    [DataRow(JournalKind.Audit)]
    [DataRow(JournalKind.Jobs)]
    public async Task It_is_known_again_though_retention_deleted_its_rows(JournalKind kind)
    {
        var directory = await ProjectedAsync(kind);
        await Store.ExecuteAsync(kind == JournalKind.Audit ? "DELETE FROM audit_events" : "DELETE FROM job_logs");
        directory.LoseId();

        directory.Append("6");
        await directory.ProjectAsync(Database, Cancellation);

        AssertSame(await RowsAsync(kind), "6");
        Assert.HasCount(1, await JournalRowsAsync());
    }

    [TestMethod]
    public async Task Lines_that_were_set_aside_do_not_hide_it()
    {
        await Store.RefuseAsync("refused");
        var directory = NewDirectory(JournalKind.Audit);
        directory.Append("refused 1", "2", "refused 3");
        await directory.ProjectAsync(Database, Cancellation);
        directory.LoseId();

        directory.Append("4");
        await directory.ProjectAsync(Database, Cancellation);

        await AssertRowsAsync(JournalKind.Audit, "2", "4");
        AssertSame(directory.SetAside(), "refused 1", "refused 3");
        Assert.HasCount(1, await JournalRowsAsync());
    }

    [TestMethod]
    [DataRow(JournalKind.Audit)]
    [DataRow(JournalKind.Jobs)]
    public async Task A_directory_that_was_wiped_begins_a_journal_of_its_own(JournalKind kind)
    {
        var directory = await ProjectedAsync(kind);
        directory.Wipe();

        directory.Append("a", "b");
        await directory.ProjectAsync(Database, Cancellation);

        await AssertRowsAsync(kind, "1", "2", "3", "4", "5", "a", "b");
        AssertSame((await JournalRowsAsync()).ConvertAll(row => row.Seq), 5, 2);
        Assert.IsEmpty(Reports);
    }

    [TestMethod]
    [DataRow(JournalKind.Audit)]
    [DataRow(JournalKind.Jobs)]
    public async Task A_database_that_was_deleted_gets_everything_under_the_same_id(JournalKind kind)
    {
        var directory = await ProjectedAsync(kind);
        var id = directory.Journal.Id;
        directory.End();
        await EmptyAsync();

        directory.Append("6");
        await directory.ProjectAsync(Database, Cancellation);

        Assert.AreEqual(id, directory.StoredId());
        await AssertRowsAsync(kind, "1", "2", "3", "4", "5", "6");
        Assert.IsEmpty(Reports);
    }
}
