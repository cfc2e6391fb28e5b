using static Zotify.Logging.Tests.Journal.JournalFolder;

namespace Zotify.Logging.Tests.Journal;

[TestClass]
public sealed class AwaitedCommitTests
{
    private static readonly TimeSpan TestTimeout = TimeSpan.FromMinutes(2);

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Commits_count_as_awaited_where_a_caller_waits_for_the_disk()
    {
        using var folder = new JournalFolder();
        using var journal = folder.Open();
        Append(journal, "m1");
        Assert.AreEqual(0, journal.AwaitedCommits);
        await journal.FlushAsync(Cancellation);
        Assert.AreEqual(1, journal.AwaitedCommits);
        journal.AppendDurably("m2", new TextFormat(), TestTimeout);
        Assert.AreEqual(2, journal.AwaitedCommits);
    }

    [TestMethod]
    public async Task Commits_after_the_flush_interval_do_not_count_as_awaited()
    {
        using var folder = new JournalFolder { FlushInterval = TimeSpan.Zero };
        using var journal = folder.Open();
        Append(journal, "m1");
        await journal.WaitDurableAsync(0, Cancellation);
        Assert.AreEqual(0, journal.AwaitedCommits);
    }
}
