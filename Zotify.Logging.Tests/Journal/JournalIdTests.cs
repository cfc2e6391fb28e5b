using Zotify.Logging.Tests.Support;
using static Zotify.Logging.Tests.Journal.JournalFolder;

namespace Zotify.Logging.Tests.Journal;

[TestClass]
public sealed class JournalIdTests
{
    [TestMethod]
    public void The_id_is_a_UUIDv7_of_the_time_and_stays_over_restart_and_rotation()
    {
        using var folder = new JournalFolder { MaxFileSize = 1 };
        Guid id;
        using (var journal = folder.Open())
        {
            id = journal.Id;
            Append(journal, Numbered(1, 3));
        }

        Assert.AreEqual(7, id.Version);
        Assert.AreEqual(Guid.CreateVersion7(Some.Time).ToString()[..13], id.ToString()[..13]);
        Assert.AreEqual(id.ToString(), File.ReadAllText(folder.Active + ".id").Trim());
        using var reopened = folder.Open();
        Assert.AreEqual(id, reopened.Id);
    }

    [TestMethod]
    public void A_journal_that_nothing_was_written_to_keeps_its_id_over_a_restart()
    {
        using var folder = new JournalFolder();
        Guid id;
        using (var journal = folder.Open()) id = journal.Id;
        using var reopened = folder.Open();
        Assert.AreEqual(id, reopened.Id);
    }

    [TestMethod]
    public void A_wiped_journal_gets_a_new_id()
    {
        using var folder = new JournalFolder();
        var id = WriteOne(folder);
        File.Delete(folder.Active);
        Assert.AreNotEqual(id, WriteOne(folder));
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("")]
    [DataRow("half-an-i")]
    public void A_lost_or_spoilt_id_is_made_anew_and_stays(string? content)
    {
        using var folder = new JournalFolder();
        var id = WriteOne(folder);
        if (content is null) File.Delete(folder.Active + ".id");
        else File.WriteAllText(folder.Active + ".id", content);

        var renewed = WriteOne(folder);
        Assert.AreNotEqual(id, renewed);
        Assert.AreEqual(renewed, WriteOne(folder));
    }

    [TestMethod]
    public void Renewed_the_id_changes_and_numbers_go_on()
    {
        using var folder = new JournalFolder();
        WriteOne(folder);
        Guid renewed;
        using (var journal = folder.Open())
        {
            var id = journal.Id;
            journal.Renew();
            renewed = journal.Id;
            Assert.AreNotEqual(id, renewed);
            Append(journal, "m2");
            Assert.AreEqual(2, journal.LastSeq);
        }

        Assert.AreEqual(renewed, WriteOne(folder));
    }

    private static Guid WriteOne(JournalFolder folder)
    {
        using var journal = folder.Open();
        Append(journal, "m");
        return journal.Id;
    }
}
