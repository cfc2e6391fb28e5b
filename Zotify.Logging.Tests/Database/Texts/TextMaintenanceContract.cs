using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Texts;

/// <summary>Rows that the index does not have are found at once, and indexed by whoever comes first.</summary>
public abstract class TextMaintenanceContract : TextIndexFixture
{
    [TestMethod]
    public async Task Rows_of_an_older_version_are_found_at_once_and_indexed_when_there_is_nothing_to_project()
    {
        await AddAsync(1_200);
        await ForgetAsync();
        await AssertFindsAllAsync();
        var before = await Store.ReadTextAsync(Runs);
        Assert.IsTrue(before.Split('\n').All(run => run.EndsWith("|0", StringComparison.Ordinal)), before);

        // The last run is not full, so the next rows complete it: the rest of the older run ends before it.
        await AddAsync(40);
        Assert.AreEqual(before.Replace("1|1025|1200|0", "1|1025|1152|0\n1|1153|1216|1", StringComparison.Ordinal), await Store.ReadTextAsync(Runs));
        await AssertFindsAllAsync();
        await using (Start(NewProjection()))
        {
            while ((await RunsAsync()).Exists(run => run.Pages is null)) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
        }

        Assert.AreEqual("1|1|1024|1\n1|1025|1088|1\n1|1089|1152|1\n1|1153|1216|1", await Store.ReadTextAsync(Runs));
        await AssertFindsAllAsync();
    }

    [TestMethod]
    public async Task A_row_that_an_older_run_and_an_indexed_one_have_is_found_once()
    {
        await AddAsync(1_200);
        await ForgetAsync();
        await AddAsync(40);
        // As earlier builds left it.
        await Store.ExecuteAsync("UPDATE audit_text_runs SET last_seq = 1200 WHERE first_seq = 1025");
        await AssertFindsAllAsync();

        await IndexAllAsync();
        Assert.AreEqual("1|1|1024|1\n1|1025|1088|1\n1|1089|1152|1\n1|1153|1216|1", await Store.ReadTextAsync(Runs));
        await AssertFindsAllAsync();
    }

    [TestMethod]
    public async Task The_last_rows_of_a_journal_that_nobody_writes_any_more_are_indexed_and_its_next_ones_extend_that()
    {
        await AddAsync(70);
        var other = new FakeJournal("other.json");
        other.Append(Lines.Audit(at: Lines.Noon.AddHours(2), message: "later"));
        await using (Start(NewProjection(), other))
        {
            while ((await RunsAsync()).Count < 2) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
        }

        Assert.AreEqual("1|1|64|1\n1|65|70|1", await Store.ReadTextAsync(Runs));
        await AssertFindsAllAsync();
        await AddAsync(60);
        Assert.AreEqual("1|1|64|1\n1|65|128|1", await Store.ReadTextAsync(Runs));
        await AssertFindsAllAsync();
    }

    [TestMethod]
    public async Task Two_that_index_the_same_rows_at_once_write_them_once()
    {
        await AddAsync(1_200);
        await ForgetAsync();
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(IndexAllAsync, Cancellation)));

        Assert.AreEqual("1|1|1024|1\n1|1025|1088|1\n1|1089|1152|1\n1|1153|1200|1", await Store.ReadTextAsync(Runs));
        await AssertFindsAllAsync();
    }

    [TestMethod]
    public async Task A_journal_that_is_written_is_not_idle_because_another_clock_is_ahead()
    {
        await AddAsync(70, Clock.GetUtcNow().UtcDateTime.AddMinutes(-10));
        var other = new FakeJournal("other.json");
        other.Append(Lines.Audit(at: Clock.GetUtcNow().UtcDateTime.AddHours(5), message: "of a clock that is ahead"));
        await ProjectAsync(new NoIdleWork(NewProjection()), other);

        await using var connection = await Store.Open().OpenForWritingAsync(Cancellation);
        Assert.IsNull(await FindAsync(connection, Cancellation));
    }

    [TestMethod]
    public async Task Rows_that_nobody_can_read_are_found_once()
    {
        await AddAsync(70);
        var other = new FakeJournal("other.json");
        other.Append(Lines.Audit(at: Lines.Noon.AddHours(2), message: "later"));
        await ProjectAsync(new NoIdleWork(NewProjection()), other);
        await Store.ExecuteAsync("UPDATE audit_events SET event_id = NULL, level = '' WHERE seq > 64");
        if (Store.Engine == "Sqlite") await Store.ExecuteAsync("UPDATE audit_events SET id = 'no id' WHERE seq > 64");

        var database = Store.Open();
        await using (var connection = await database.OpenForWritingAsync(Cancellation))
        {
            using var turn = await database.EnterWriteAsync(Cancellation);
            await CommitAsync(connection, (await FindAsync(connection, Cancellation))!, Cancellation);
            Assert.IsNull(await FindAsync(connection, Cancellation));
        }

        Assert.AreEqual("1|1|64|1\n1|65|70|1", await Store.ReadTextAsync(Runs));
        await AddAsync(1_024 - 70);
        Assert.AreEqual("1|1|1024|1", await Store.ReadTextAsync(Runs));
    }
}
