using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Copying;
using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Copying;

/// <summary>What a copy into a database of any engine is.</summary>
public abstract class CopyContract : StoreContract
{
    private protected const int Entries = 250;
    private const int DeletedOrSetAside = 2;

    private protected FakeJournal Jobs { get; } = new("job_logs.json");
    private readonly FakeJournal _audit = new("audit.log.json");
    private CopyScene? _scene;

    private protected CopyScene Scene => _scene ??= new CopyScene(Store, NewTarget());

    private protected abstract TestStore NewTarget();

    [TestCleanup]
    public void RemoveScene() => _scene?.Dispose();

    [TestMethod]
    public async Task Every_row_is_copied_with_its_number_and_compared()
    {
        await FillAsync();

        var tables = await Scene.CopyAsync(Cancellation);

        Assert.AreEqual(
            await CopyScene.RowsAsync(Scene.Source, Cancellation), await CopyScene.RowsAsync(Scene.Target, Cancellation));
        Assert.AreEqual(
            $"journals 2, audit_events 6, audit_counts 4, job_logs {Entries + 1}, jobs 3, instances 1",
            string.Join(", ", tables.Select(table => $"{table.Table} {table.Count}")));
        Assert.IsTrue(Scene.Progress.Exists(now => now is { Table: "job_logs", IsComparison: false, Rows: Entries + 1, All: Entries + 1 }));
        Assert.AreEqual(
            "1|6", await Scene.Target.ReadTextAsync("SELECT first_seq, last_seq FROM audit_text_runs WHERE pages IS NULL"),
            "the texts are indexed later");
        await using var writes = await Scene.Target.Open().OpenForWritingAsync(Cancellation);
    }

    [TestMethod]
    public async Task Times_keep_their_seven_digits()
    {
        var usesServer = Scene.Source is SqlServerStore || Scene.Target is SqlServerStore;
        if (usesServer && StandIn.IsUsed) Assert.Inconclusive("The stand-in keeps six digits.");
        Jobs.Append(Lines.Job("sync-1", Lines.Noon.AddTicks(1_234_567)));
        await ProjectAsync(Scene.Source);

        await Scene.CopyAsync(Cancellation);

        await using var tables = Scene.Target.NewContext();
        Assert.AreEqual(Lines.Noon.AddTicks(1_234_567), (await tables.JobLogs.SingleAsync(Cancellation)).Timestamp);
    }

    [TestMethod]
    public async Task The_projectors_go_on_in_the_copy_without_a_double_or_a_gap()
    {
        await FillAsync();
        await Scene.CopyAsync(Cancellation);
        Jobs.Append(Lines.Job("job-0", message: "after"), Lines.Job("new", message: "after"));
        _audit.Append(Lines.Audit("user.login", message: "after"));

        await ProjectAsync(Scene.Target);
        await ProjectAsync(Scene.Source);

        foreach (var (table, lines) in new[] { ("job_logs", Jobs.DurableSeq), ("audit_events", _audit.DurableSeq) })
        {
            Assert.AreEqual(
                $"{lines - (table == "job_logs" ? DeletedOrSetAside : 0)}|{lines}",
                await Scene.Target.ReadTextAsync($"SELECT COUNT(*), MAX(seq) FROM {table}"), table);
        }

        Assert.AreEqual(
            await CopyScene.RowsAsync(Scene.Source, Cancellation), await CopyScene.RowsAsync(Scene.Target, Cancellation),
            "both went on from the same rows");
    }

    [TestMethod]
    public async Task Numbers_of_deleted_rows_are_not_assigned_again()
    {
        await FillAsync();
        await Scene.Source.ExecuteAsync("DELETE FROM job_logs; DELETE FROM audit_events WHERE seq > 1");
        var sent = new CapturedCommands();
        await Scene.CopyAsync(Cancellation, sent);
        // A migrator has no right to DBCC; the stand-in needs it.
        var usesDbcc = sent.Commands.Any(command => command.Text.Contains("DBCC", StringComparison.Ordinal));
        Assert.AreEqual(StandIn.IsUsed && Scene.Target is SqlServerStore, usesDbcc);
        Jobs.Append(Lines.Job("new"));
        _audit.Append(Lines.Audit());

        await ProjectAsync(Scene.Target);

        Assert.IsGreaterThan(Entries, await NumberAsync("SELECT MIN(id) FROM job_logs"));
        Assert.IsGreaterThan(6, await NumberAsync("SELECT MAX(row_id) FROM audit_events"));

        async Task<long> NumberAsync(string query) =>
            long.Parse(await Scene.Target.ReadTextAsync(query), CultureInfo.InvariantCulture);
    }

    [TestMethod]
    public async Task A_copy_that_ends_at_any_transaction_goes_on_and_nobody_writes_meanwhile()
    {
        await FillAsync();
        // A transaction of a server takes its time.
        var (usesServer, ended) = (Scene.Source is SqlServerStore || Scene.Target is SqlServerStore, 0);
        var most = usesServer ? 2 : 4;
        foreach (var fault in (Fault[])[Fault.WhenItBegins, Fault.BeforeTheCommit, Fault.AfterTheCommit])
        {
            var fails = new FailingOnce(fault);
            while (fails.Failures < most)
            {
                await Assert.ThrowsExactlyAsync<IOException>(() => Scene.CopyAsync(Cancellation, fails.Next()));
                ended++;
                if (await Scene.IsMarkedAsync(Cancellation)) await AssertRefusedAsync();
            }
        }

        Assert.AreEqual("", string.Join('\n', (await Scene.CopyAsync(Cancellation)).Where(table => table.Count == 0)));
        Assert.AreEqual(
            await CopyScene.RowsAsync(Scene.Source, Cancellation), await CopyScene.RowsAsync(Scene.Target, Cancellation));
        Assert.Contains("The target has an unfinished copy of this database; it is continued.", Scene.Reports);
        Assert.AreEqual(3 * most, ended);
    }

    [TestMethod]
    public async Task Types_that_differ_only_in_spaces_at_the_end_are_counted_as_the_engine_compares_them()
    {
        _audit.Append(
            Lines.Audit("user.login"), Lines.Audit("user.login "), Lines.Audit("user.login "), Lines.Audit("only.spaced "),
            Lines.Audit("user.login", Lines.Noon.AddHours(1)));
        await ProjectAsync(Scene.Source);
        var noon = Scene.Source.Literal(Lines.Noon);
        // A name that this one was changed to later.
        foreach (var name in Scene.Source is SqlServerStore ? (string[])["shop "] : ["shop ", "shop"])
            await Scene.Source.ExecuteAsync($"INSERT INTO instances (instance, started_at, seen_at) VALUES ('{name}', {noon}, {noon})");

        await Scene.CopyAsync(Cancellation);

        var (isServer, wasServer) = (Scene.Target is SqlServerStore, Scene.Source is SqlServerStore);
        Assert.AreEqual(
            isServer ? "3|5" : "4|5", await Scene.Target.ReadTextAsync("SELECT COUNT(*), SUM(count) FROM audit_counts"));
        Assert.AreEqual(
            isServer || wasServer ? "1" : "2", await Scene.Target.ReadTextAsync("SELECT COUNT(*) FROM instances"));
        await AssertCountsAsync();
        await Scene.CopyAsync(Cancellation);
        _audit.Append(Lines.Audit("user.login"), Lines.Audit("user.login "));
        await ProjectAsync(Scene.Target);
        await AssertCountsAsync();

        async Task AssertCountsAsync()
        {
            await using var connection = await Scene.Target.Open().OpenForReadingAsync(Cancellation);
            Assert.IsNull(await TableChecks.FindWrongCountAsync(connection, since: null, Cancellation));
        }
    }

    [TestMethod]
    public async Task Runs_of_the_index_of_the_texts_that_emptied_tables_still_have_are_removed()
    {
        await FillAsync();
        await Scene.Target.Open().MigrateAsync(Cancellation);
        var (noon, data) = (Scene.Target.Literal(Lines.Noon), Scene.Target is SqlServerStore ? "0x00" : "x'00'");
        await Scene.Target.ExecuteAsync(
            "INSERT INTO audit_text_runs (journal_id, first_seq, last_seq, block_rows, earliest, latest) "
            + $"VALUES (1, 1, 9, 16, {noon}, {noon}), (1, 3, 5, 16, {noon}, {noon})",
            $"INSERT INTO audit_text_pages (journal_id, first_seq, page, data) VALUES (1, 3, -1, {data})");

        await Scene.CopyAsync(Cancellation);

        Assert.AreEqual(
            "1|6|0",
            await Scene.Target.ReadTextAsync("SELECT first_seq, last_seq, (SELECT COUNT(*) FROM audit_text_pages) FROM audit_text_runs"));
    }

    [TestMethod]
    public async Task A_copy_that_an_older_version_began_begins_again_on_demand()
    {
        await FillAsync();
        await Assert.ThrowsExactlyAsync<IOException>(() => Scene.CopyAsync(Cancellation, new FailingOnce(Fault.BeforeTheCommit, after: 3)));
        await Scene.RemoveInstancesAsync(Cancellation);

        var refused = await Assert.ThrowsExactlyAsync<CopyFailedException>(() => Scene.CopyAsync(Cancellation));
        Assert.Contains("older version", refused.Message);
        await Scene.CopyAsync(Cancellation, restarts: true);

        Assert.AreEqual(
            await CopyScene.RowsAsync(Scene.Source, Cancellation), await CopyScene.RowsAsync(Scene.Target, Cancellation));
    }

    [TestMethod]
    public async Task A_removal_that_ends_early_goes_on_and_no_copy_goes_on_with_the_rest_of_the_rows()
    {
        await FillAsync();
        await Assert.ThrowsExactlyAsync<IOException>(() => Scene.CopyAsync(Cancellation, new FailingOnce(Fault.BeforeTheCommit, after: 5)));
        // The marker is replaced, then a table is emptied.
        await Assert.ThrowsExactlyAsync<IOException>(
            () => Scene.CopyAsync(Cancellation, new FailingOnce(Fault.AfterTheCommit, after: 1), restarts: true));

        var refused = await Assert.ThrowsExactlyAsync<CopyFailedException>(() => Scene.CopyAsync(Cancellation));
        Assert.Contains("--restart", refused.Message);
        await AssertRefusedAsync();
        await Scene.CopyAsync(Cancellation, restarts: true);

        Assert.AreEqual(
            await CopyScene.RowsAsync(Scene.Source, Cancellation), await CopyScene.RowsAsync(Scene.Target, Cancellation));
    }

    private protected async Task AssertRefusedAsync()
    {
        var refused = await Assert.ThrowsExactlyAsync<UnfinishedCopyException>(() => Scene.Target.Open().OpenForWritingAsync(Cancellation));
        Assert.Contains("'database copy'", refused.Message);
    }

    /// <summary>Jobs and events with every column, some of it empty; a line that was set aside, and gaps of deleted rows.</summary>
    private protected async Task FillAsync()
    {
        Jobs.Append(
            Enumerable.Range(0, Entries).Select(i => Lines.Job(
                $"job-{i % 2}", Lines.Noon.AddMilliseconds(i), i == 7 ? "job.failed" : null, i % 9 == 0 ? "Warning" : "Information",
                $"Größe {i} \U0001F3B5", "sync", i, Entries, new { i, text = "a \"quoted\" \u0001 word" },
                exception: i == 7 ? "it\nfailed" : null)));
        Jobs.Append("no JSON", Lines.Job("later", Lines.Noon.AddDays(1), "job.completed"), Lines.Job("later", Lines.Noon.AddDays(1)));
        _audit.Append(
            Lines.Audit("user.login", Lines.Noon, "u1", new { source = "web" }, new { request = 1 }, "hello", "::1", "trace"),
            Lines.Audit("user.login", Lines.Noon.AddMilliseconds(1), category: null),
            Lines.Audit("user.logout", Lines.Noon.AddHours(1), "\uFFFD"),
            Lines.Audit("user.login", Lines.Noon.AddHours(-1), new string('x', 100)),
            Lines.Audit("config.update", Lines.Noon, message: new string('y', 40_000)),
            Lines.Audit("config.update", Lines.Noon));
        await ProjectAsync(Scene.Source);
        var noon = Scene.Source.Literal(Lines.Noon);
        await Scene.Source.ExecuteAsync(
            "DELETE FROM job_logs WHERE seq = 3",
            $"INSERT INTO instances (instance, started_at, seen_at, version) VALUES ('m1/app', {noon}, {noon}, '1.4.2')");
    }

    private protected async Task ProjectAsync(TestStore store)
    {
        await using var jobs = Start(new UnsettledJobs(), Jobs, store.Open());
        await using var audit = Start(new AuditProjection(), _audit, store.Open());
        await jobs.CatchUpAsync(Jobs.DurableSeq, Cancellation);
        await audit.CatchUpAsync(_audit.DurableSeq, Cancellation);
    }
}
