using Zotify.Logging.Journal;
using Zotify.Logging.Projection;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.SqlServer;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Journal;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Queries.Sources;

/// <summary>How a query waits for the lines of another process's journal.</summary>
public abstract class SidecarReadYourWritesContract : StoreContract
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly WatchedTime _clock = new();
    private Task<TimeSpan>? _nextWait;
    private readonly JournalFolder _folder = new();

    [TestCleanup]
    public void RemoveFolder() => _folder.Dispose();

    [TestMethod]
    public async Task A_source_that_is_not_there_yet_is_not_waited_for()
    {
        // The database is not even read, because it may not exist yet either.
        Assert.AreEqual(0, await CatchUpAsync());
        Assert.AreEqual(0, await new SidecarReadYourWrites(new SidecarJournal(_folder.PathOf("missing"), "a.json", Database),
            _clock).CatchUpAsync(Cancellation));
        _folder.Write("m1");
        if (Store.MissingReadsAsEmpty) Assert.AreEqual(1, await AfterAsync(CatchUpAsync(), 250));
        else await Assert.ThrowsExactlyAsync<DatabaseUnavailableException>(() => CatchUpAsync());
    }

    [TestMethod]
    public async Task A_complete_database_answers_at_once_and_missing_lines_are_counted_after_a_quarter_of_a_second()
    {
        using var journal = Append(3);
        await ProjectAsync(journal);
        Assert.AreEqual(0, await CatchUpAsync());
        JournalFolder.Append(journal, JournalFolder.Numbered(4, 2));
        Assert.AreEqual(2, await AfterAsync(CatchUpAsync(), 250));
        await ProjectAsync(journal);
        Assert.AreEqual(0, await CatchUpAsync());
    }

    [TestMethod]
    public async Task A_journal_that_the_database_does_not_know_is_missing_as_a_whole()
    {
        await ProjectAsync(new FakeJournal());
        using var journal = Append(3);
        Assert.AreEqual(3, await AfterAsync(CatchUpAsync(), 250));
        File.Delete($"{_folder.Active}.id");
        Assert.AreEqual(3, await AfterAsync(CatchUpAsync(), 250));
    }

    [TestMethod]
    public async Task A_journal_whose_id_was_lost_is_known_by_the_line_at_its_checkpoint()
    {
        using var journal = Append(3);
        await ProjectAsync(journal);
        File.Delete($"{_folder.Active}.id");
        Assert.AreEqual(0, await CatchUpAsync());
        JournalFolder.Append(journal, JournalFolder.Numbered(4, 2));
        Assert.AreEqual(2, await AfterAsync(CatchUpAsync(), 250));
    }

    [TestMethod]
    public async Task Lines_that_a_copy_of_the_directory_projected_do_not_count()
    {
        using var journal = Append(3);
        await ProjectAsync(journal);
        await Store.ExecuteAsync("UPDATE journals SET hash = 'of another line'");
        Assert.AreEqual(3, await AfterAsync(CatchUpAsync(), 250));
    }

    [TestMethod]
    public async Task It_waits_for_what_was_there_and_not_for_what_came_later()
    {
        await ProjectAsync(new FakeJournal());
        using var journal = Append(3);
        var waiting = CatchUpAsync();
        await _clock.NextWaitAsync(Cancellation);
        Assert.IsFalse(waiting.IsCompleted);
        await ProjectAsync(journal);
        JournalFolder.Append(journal, JournalFolder.Numbered(4, 100));
        _clock.Advance(PollInterval);
        Assert.AreEqual(0, await waiting);
    }

    [TestMethod]
    public async Task It_returns_how_many_are_missing_of_all_that_it_waits_for()
    {
        await ProjectAsync(new FakeJournal());
        using var journal = Append(3);
        IReadYourWrites own = new FixedReadYourWrites(behind: 4);
        var both = new CombinedReadYourWrites(
            own, new SidecarReadYourWrites(new SidecarJournal(_folder.Path, JournalFolder.Name, Database), _clock));
        Assert.AreEqual(7, await AfterAsync(both.CatchUpAsync(Cancellation), 250));
    }

    private Task<long> CatchUpAsync() =>
        new SidecarReadYourWrites(new SidecarJournal(_folder.Path, JournalFolder.Name, Database), _clock)
            .CatchUpAsync(Cancellation);

    private JournalWriter Append(int count)
    {
        var journal = _folder.Open();
        JournalFolder.Append(journal, JournalFolder.Numbered(1, count));
        return journal;
    }

    /// <summary>Advances the clock until it is over, and asserts that it took at least that long.</summary>
    private async Task<long> AfterAsync(Task<long> waiting, int milliseconds)
    {
        var start = _clock.GetTimestamp();
        while (!waiting.IsCompleted)
        {
            // Kept for the next call where nothing waits any more: a second reader would take turns with the first.
            _nextWait ??= _clock.NextWaitAsync(Cancellation).AsTask();
            if (await Task.WhenAny(_nextWait, waiting) != _nextWait) continue;
            _clock.Advance(await _nextWait);
            _nextWait = null;
        }

        // Before the time is compared, so that a failure is seen as what it is.
        var behind = await waiting;
        Assert.IsGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(milliseconds), _clock.GetElapsedTime(start));
        return behind;
    }

    private async Task ProjectAsync(IJournal journal)
    {
        if (journal is JournalWriter writer) await writer.FlushAsync(Cancellation);
        await using var projector = new Projector(journal, Database, new NoProjection(), NewRejected(), "m1/app", Time, Report);
        projector.Start();
        await projector.CatchUpAsync(journal.DurableSeq, Cancellation);
        await projector.Tried.WaitAsync(Cancellation);
    }
}
