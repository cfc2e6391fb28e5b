using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.Retention;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Texts;

/// <summary>The index of the texts has every row in one run, soon after it was written and as long as there is one.</summary>
public abstract class TextIndexContract : TextIndexFixture
{
    [TestMethod]
    public async Task Rows_become_small_runs_and_sixteen_of_these_a_large_one()
    {
        await AddAsync(63);
        Assert.AreEqual("", await Store.ReadTextAsync(Runs));
        await AddAsync(1);
        Assert.AreEqual("1|1|64|1", await Store.ReadTextAsync(Runs));
        await AddAsync(1_023 - 64);
        Assert.AreEqual(15, (await RunsAsync()).Count);
        await AddAsync(100);
        Assert.AreEqual("1|1|1024|1\n1|1025|1088|1", await Store.ReadTextAsync(Runs));
        await AssertFindsAllAsync();
    }

    [TestMethod]
    public async Task A_batch_of_many_rows_completes_many_runs()
    {
        await AddAsync(2_200);
        Assert.AreEqual("1|1|1024|1\n1|1025|2048|1\n1|2049|2112|1\n1|2113|2176|1", await Store.ReadTextAsync(Runs));
        await AssertFindsAllAsync();
    }

    [TestMethod]
    public async Task A_run_may_have_more_pages_than_a_command_has_parameters()
    {
        // Nearly every three letters are in one event only.
        var random = new Random(22);
        string Letters(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)random.Next(0x4E00, 0x9000)));
        Journal.Append(Enumerable.Range(1, TextRunSize.Default.Small).Select(seq => Lines.Audit(
            at: Lines.Noon.AddMilliseconds(seq), sourceIp: "10.0.0.1", message: Letters(20), details: new { Random = Letters(1_200) })));
        await ProjectAsync(new AuditProjection());

        var run = (await RunsAsync()).Single();
        Assert.AreEqual((1L, 1_024L), (run.FirstSeq, run.LastSeq));
        Assert.IsGreaterThan(1_050, run.PageCount, "a page has two parameters; a command of SQL Server has at most 2,100");
        Assert.AreEqual($"{run.PageCount + 1}", await Store.ReadTextAsync("SELECT COUNT(*) FROM audit_text_pages"));
        Assert.IsEmpty(Reports);
        await AssertFindsAllAsync();
    }

    [TestMethod]
    public async Task A_block_with_more_codes_than_memory_should_hold_is_found_by_every_code()
    {
        // Nearly every three letters are in one event only.
        var random = new Random(23);
        string Letters(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)random.Next(0x4E00, 0x9000)));
        var (large, last) = (Letters(32_000), Letters(2_000));
        Journal.Append(Enumerable.Range(1, 1_024).Select(seq => Lines.Audit(
            at: Lines.Noon.AddMilliseconds(seq), sourceIp: "10.0.0.1", message: $"Event {seq} word{seq % 97}",
            details: seq is 7 or 700 ? new { Large = large, Last = last } : null)));
        await ProjectAsync(new AuditProjection(Size, TimeProvider.System));

        // The small runs were merged.
        var run = (await RunsAsync()).Single();
        Assert.AreEqual((1L, 1_024L, run.PageCount - 1), (run.FirstSeq, run.LastSeq, run.EveryPage));
        await Database.ReadAsync(
            async (connection, cancellation) =>
            {
                foreach (var phrase in (string[])[last, "nowhere at all", "event 512 word"])
                {
                    var conditions = new TextConditions();
                    conditions.RequirePhrase(phrase);
                    var found = await new TextCandidateFinder(connection, conditions).FindAsync([run], cancellation);
                    var others = found.Select(candidate => candidate.Rows.FirstSeq).Except([512]);
                    AssertSame(others, 7, 700);
                    Assert.AreEqual(phrase.Contains("512", StringComparison.Ordinal), found.Count == 3, phrase);
                }

                return true;
            },
            Cancellation);
    }

    [TestMethod]
    public async Task A_line_that_is_set_aside_at_the_end_of_a_run_completes_it()
    {
        await AddAsync(63);
        Journal.Append("no JSON");
        await ProjectAsync(NewProjection());
        await Store.RefuseAsync("poison");
        await AddAsync(63);
        Journal.Append(Lines.Audit(message: "poison"));
        await ProjectAsync(NewProjection());

        Assert.AreEqual("1|1|64|1\n1|65|128|1", await Store.ReadTextAsync(Runs));
        await AssertFindsAllAsync();
    }

    [TestMethod]
    public async Task A_row_that_somebody_made_unreadable_does_not_stop_the_projection()
    {
        await AddAsync(60);
        await Store.ExecuteAsync("UPDATE audit_events SET event_id = NULL, level = '' WHERE seq = 7");
        if (Store.Engine == "Sqlite") await Store.ExecuteAsync("UPDATE audit_events SET id = 'no id', timestamp = 'no time' WHERE seq = 8");
        await AddAsync(10);

        Assert.AreEqual("1|1|64|1", await Store.ReadTextAsync(Runs));
        Assert.IsEmpty(Reports);
    }

    [TestMethod]
    public async Task Runs_without_a_row_go_with_the_last_of_them()
    {
        await AddAsync(1_300);
        await using (var session = await RetentionSession.OpenAsync(Database, Cancellation))
        {
            var pruner = new AuditRowPruner(session);
            await pruner.DeleteThroughAsync(1, 1_023, Cancellation);
            Assert.AreEqual(5, (await RunsAsync()).Count);
            await AssertFindsAllAsync();
            await pruner.DeleteThroughAsync(1, 1_100, Cancellation);
            Assert.AreEqual("1|1089|1152|1\n1|1153|1216|1\n1|1217|1280|1", await Store.ReadTextAsync(Runs));
            await AssertFindsAllAsync();
            await pruner.DeleteThroughAsync(1, 1_300, Cancellation);
        }

        Assert.AreEqual("", await Store.ReadTextAsync(Runs));
        Assert.AreEqual("0", await Store.ReadTextAsync("SELECT COUNT(*) FROM audit_text_pages"));
        await AddAsync(100);
        Assert.AreEqual("1|1281|1344|1", await Store.ReadTextAsync(Runs));
        await AssertFindsAllAsync();
    }
}
