using Zotify.Logging.Journal;
using static Zotify.Logging.Tests.Journal.JournalFolder;

namespace Zotify.Logging.Tests.Journal;

/// <summary>The effects on a journal's lines when somebody else removes, empties or writes its file.</summary>
[TestClass]
public sealed class ForeignChangeTests
{
    private static readonly TimeSpan TestTimeout = TimeSpan.FromMinutes(2);

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [DataRow("deleted")]
    [DataRow("renamed")]
    [DataRow("replaced")]
    [DataRow("moved to its rolled name")]
    [DataRow("deleted with its folder")]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public async Task A_file_that_somebody_took_away_is_restored_with_every_line(string how)
    {
        using var folder = new JournalFolder();
        using (var journal = folder.Open())
        {
            Append(journal, "m1", "m2");
            await journal.FlushAsync(Cancellation);
            TakeAway(folder, how);
            Append(journal, "m3");
            await journal.FlushAsync(Cancellation);
            AreEqual(Numbered(1, 3), Texts(journal.Read(JournalCheckpoint.Start, 10)));
            Append(journal, "m4");
        }

        using var again = folder.Open();
        AreEqual(Numbered(1, 4), Texts(again.Read(JournalCheckpoint.Start, 10)));
        Assert.IsTrue(folder.Reports.Any(report => report.Contains("new segment", StringComparison.Ordinal)));
        if (how == "replaced") Assert.AreEqual("another", File.ReadAllText(folder.Active + ".replaced"));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public async Task A_file_that_was_deleted_while_nobody_wrote_is_restored_at_the_end()
    {
        using var folder = new JournalFolder();
        Guid id;
        using (var journal = folder.Open())
        {
            id = journal.Id;
            Append(journal, "m1");
            await journal.FlushAsync(Cancellation);
            TakeAway(folder, "deleted with its folder");
        }

        using var again = folder.Open();
        AreEqual(["m1"], Texts(again.Read(JournalCheckpoint.Start, 10)));
        Assert.AreEqual(id, again.Id);
    }

    [TestMethod]
    public async Task A_file_that_was_emptied_does_not_take_the_lines_that_were_not_flushed_with_it()
    {
        using var folder = new JournalFolder();
        using var journal = folder.Open();
        Append(journal, "m1");
        await journal.FlushAsync(Cancellation);
        Append(journal, "m2");
        using (var file = new FileStream(folder.Active, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            file.SetLength(0);
        Assert.ThrowsExactly<IOException>(() => Append(journal, "refused"));
        await RecoversAsync(journal, 2);
        Append(journal, "m3");
        await journal.FlushAsync(Cancellation);
        AreEqual(Numbered(2, 2), File.ReadAllLines(folder.Active).Select(line => line.Split('"')[3]));
    }

    [TestMethod]
    public async Task Bytes_of_another_program_are_neither_overwritten_nor_taken_for_lines()
    {
        using var folder = new JournalFolder();
        using var journal = folder.Open();
        Append(journal, "m1");
        await journal.FlushAsync(Cancellation);
        using (var file = new FileStream(folder.Active, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            file.Write("forged"u8);
        Assert.ThrowsExactly<IOException>(() => Append(journal, "refused"));
        await WorksAgainAsync(journal);
        Append(journal, "m2");
        await journal.FlushAsync(Cancellation);
        AreEqual(Numbered(1, 2), Texts(journal.Read(JournalCheckpoint.Start, 10)));
        StringAssert.EndsWith(File.ReadAllText(folder.PathOf(SegmentNames.Rolled(Name, 1))), "\nforged", StringComparison.Ordinal);
    }

    private static void TakeAway(JournalFolder folder, string how)
    {
        switch (how)
        {
            case "deleted":
                File.Delete(folder.Active);
                break;
            case "renamed":
                File.Move(folder.Active, folder.PathOf("elsewhere"));
                break;
            case "replaced":
                File.Delete(folder.Active);
                File.WriteAllText(folder.Active, "another");
                break;
            case "moved to its rolled name":
                File.Move(folder.Active, folder.PathOf(SegmentNames.Rolled(Name, 1)));
                break;
            default:
                Directory.Delete(folder.Path, recursive: true);
                break;
        }
    }

    private async Task RecoversAsync(JournalWriter journal, long seq) =>
        await journal.WaitDurableAsync(seq - 1, Cancellation).WaitAsync(TestTimeout, Cancellation);

    private static async Task WorksAgainAsync(JournalWriter journal)
    {
        while (journal.Failure is not null) await Task.Yield();
    }
}
