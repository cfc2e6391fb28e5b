using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Database;
using Zotify.Logging.Journal;
using Zotify.Logging.Queries;
using Zotify.Logging.Retention;
using Zotify.Logging.Tests.Journal.Verification;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Queries.Audit;

/// <summary>The database as the second witness of the audit log.</summary>
[TestClass]
public sealed class AuditVerifierTests
{
    private const string Instance = "m1/shop";
    private const int Events = 12;

    private readonly TestHost _home = new();
    private LoggingDatabase? _database;
    private int _runs;

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    private AuditFiles Files => new(_home.PathOf("logs"));

    [TestCleanup]
    public async Task CleanUpAsync()
    {
        _database?.Dispose();
        await _home.DisposeAsync();
    }

    [TestMethod]
    public async Task Files_and_database_of_a_running_program_agree()
    {
        await using var host = await StartAsync();
        await LogAsync(host);
        var result = await host.Services.GetRequiredService<AuditVerifier>().VerifyAsync(Cancellation);
        var lines = Files.Lines;
        Assert.IsGreaterThan(3, Files.Paths.Length);
        var expected = new AuditVerification
        {
            Status = AuditVerificationStatus.Valid, Files = AuditFilesStatus.Valid, Rows = AuditRowsStatus.Valid, Checked = lines.Length,
            File = AuditFiles.Name, FirstSeq = 1, LastSeq = lines.Length,
            LastHash = lines[^1][^45..^2], Anchored = true, Database = new AuditWitness(lines.Length, lines.Length, 0, null),
        };
        Assert.AreEqual(expected, result);
    }

    [TestMethod]
    public async Task Events_that_arrive_in_time_are_verified_and_the_others_are_counted()
    {
        await WriteAsync();
        var readYourWrites = new LateReadYourWrites(async () =>
        {
            await using var host = await StartAsync();
            await LogAsync(host, 3);
        });
        var before = Files.Lines.Length;
        var result = await new AuditVerifier(
            _home.PathOf("logs"), AuditFiles.Name, () => Instance, () => [], Database, () => readYourWrites).VerifyAsync(Cancellation);
        Assert.IsGreaterThan(before, result.Checked);
        Assert.AreEqual(
            (AuditVerificationStatus.Valid, Files.Lines.Length, 7, false), (result.Status, result.Checked, result.Behind, result.Complete));
        Assert.IsNull((await VerifyAsync()).Complete);
    }

    [TestMethod]
    public async Task The_keys_in_force_verify()
    {
        await using (var host = await StartAsync()) await LogAsync(host, 3);
        var plain = Files.Lines.Length;
        await using (
            var host = await StartAsync(
                ("Logging:Zotify:Handlers:Audit:HashKeys:0:Id", "k1"), ("Logging:Zotify:Handlers:Audit:HashKeys:0:Key", "secret one")))
        {
            await LogAsync(host, 3);
            host.Change(
                ("Logging:Zotify:Handlers:Audit:HashKeys:1:Id", "k2"), ("Logging:Zotify:Handlers:Audit:HashKeys:1:Key", "secret two"));
            await LogAsync(host, 3);
            var result = await host.Services.GetRequiredService<AuditVerifier>().VerifyAsync(Cancellation);
            Assert.AreEqual((AuditVerificationStatus.Valid, plain + 1), (result.Status, result.SignedFrom), result.Reason);
        }

        Assert.AreEqual(AuditVerificationStatus.Valid, (await VerifyAsync(ChainFolder.Key, ChainFolder.OtherKey)).Status);
        Assert.AreEqual(plain + 1, (await VerifyAsync(ChainFolder.OtherKey)).FirstBadSeq);
    }

    [TestMethod]
    public async Task A_log_whose_end_is_cut_off_is_truncated_where_it_ends()
    {
        await WriteAsync();
        var count = Files.Lines.Length;
        for (var left = count - 1; left >= 0; left--)
        {
            Files.CutAfter(left);
            AssertFault(await VerifyAsync(), AuditVerificationStatus.Truncated, left + 1, $"up to line {count}");
        }

        File.Delete(Files.Active);
        AssertFault(await VerifyAsync(), AuditVerificationStatus.Truncated, 1, $"up to line {count}");
    }

    [TestMethod]
    public async Task A_line_that_lost_its_end_is_missed()
    {
        await WriteAsync();
        var count = Files.Lines.Length;
        File.WriteAllText(Files.Active, File.ReadAllText(Files.Active)[..^1]);
        AssertFault(await VerifyAsync(), AuditVerificationStatus.Truncated, count);
    }

    [TestMethod]
    public async Task A_log_that_was_cut_and_went_on_is_another_one_from_there_on()
    {
        await WriteAsync();
        Files.CutAfter(7);
        await WriteAsync();
        AssertFault(await VerifyAsync(), AuditVerificationStatus.Broken, 8, "it differs from the journal");
        await using var host = await StartAsync();
        AssertFault(await host.Services.GetRequiredService<AuditVerifier>().VerifyAsync(Cancellation), AuditVerificationStatus.Broken, 8);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(6)]
    [DataRow(12)]
    public async Task A_log_that_was_written_anew_without_keys_is_found_by_the_database_before_and_after_the_next_start(int from)
    {
        await WriteAsync();
        Files.Rewrite(from, Changed);
        AssertFault(await VerifyAsync(), AuditVerificationStatus.Broken, from, "it differs from the journal");
        Assert.AreEqual(AuditVerificationStatus.Valid, (await NewVerifier().VerifyFilesAsync(_home.PathOf("logs"), Cancellation)).Status);

        await WriteAsync();
        AssertFault(await VerifyAsync(), AuditVerificationStatus.Broken, from);
    }

    [TestMethod]
    public async Task A_log_that_was_written_anew_is_found_though_its_id_is_gone_too()
    {
        await WriteAsync();
        Files.Rewrite(3, Changed);
        File.Delete(Files.IdFile);
        AssertFault(await VerifyAsync(), AuditVerificationStatus.Broken, 3);
        await WriteAsync();
        AssertFault(await VerifyAsync(), AuditVerificationStatus.Broken, 3);
        // An id that the database does not have, older than any.
        File.WriteAllText(Files.IdFile, "00000000-0000-7000-8000-000000000000");
        AssertFault(await VerifyAsync(), AuditVerificationStatus.Broken, 3);
    }

    [TestMethod]
    public async Task Signed_lines_that_were_all_written_anew_without_the_key_are_found_by_the_database()
    {
        await WriteAsync(
            ("Logging:Zotify:Handlers:Audit:HashKeys:0:Id", "k1"), ("Logging:Zotify:Handlers:Audit:HashKeys:0:Key", "secret one"));
        Files.Rewrite(1, line => line);
        AssertFault(await VerifyAsync(ChainFolder.Key), AuditVerificationStatus.Broken, 1, "it differs from the journal");
    }

    [TestMethod]
    public async Task A_line_that_was_changed_alone_is_found_by_its_hash()
    {
        await WriteAsync();
        File.WriteAllText(Files.Paths[1], File.ReadAllText(Files.Paths[1]).Replace("u42", "u43", StringComparison.Ordinal));
        var first = File.ReadAllLines(Files.Paths[0]).Length + 1;
        AssertFault(await VerifyAsync(), AuditVerificationStatus.Broken, first, "its hash does not follow");
    }

    [TestMethod]
    public async Task A_directory_that_begins_anew_shows_that_the_database_has_an_earlier_log()
    {
        await WriteAsync();
        foreach (var path in (string[])[.. Files.Paths, Files.IdFile]) File.Delete(path);
        await WriteAsync();
        var result = await VerifyAsync();
        Assert.AreEqual((AuditVerificationStatus.Valid, 1), (result.Status, result.Database!.EarlierJournals), result.Reason);
    }

    [TestMethod]
    public async Task A_directory_that_was_put_back_is_not_measured_by_what_was_written_meanwhile()
    {
        await WriteAsync();
        string[] all = [.. Files.Paths, Files.IdFile];
        var old = all.Select(path => (path, File.ReadAllBytes(path))).ToList();
        foreach (var path in all) File.Delete(path);
        await WriteAsync();
        foreach (var path in (string[])[.. Files.Paths, Files.IdFile]) File.Delete(path);
        foreach (var (path, bytes) in old) File.WriteAllBytes(path, bytes);
        var result = await VerifyAsync();
        Assert.AreEqual((AuditVerificationStatus.Valid, 0), (result.Status, result.Database!.EarlierJournals), result.Reason);
    }

    [TestMethod]
    public async Task A_fault_while_the_files_change_is_checked_again()
    {
        await WriteAsync();
        var whole = File.ReadAllText(Files.Active);
        File.WriteAllText(Files.Active, Changed(whole));
        var (asked, opened) = (0, 0);
        var verifier = new AuditVerifier(
            _home.PathOf("logs"), AuditFiles.Name, BeforeTheFilesAreOpened, AfterThat, Database, () => new NoReadYourWrites());
        var result = await verifier.VerifyAsync(Cancellation);
        Assert.AreEqual((AuditVerificationStatus.Valid, 2, 2), (result.Status, asked, opened), result.Reason);

        string BeforeTheFilesAreOpened()
        {
            if (++asked == 2) File.WriteAllText(Files.Active, whole);
            return Instance;
        }

        IReadOnlyList<HashKey> AfterThat()
        {
            if (++opened == 1) File.AppendAllText(Files.Active, "{");
            return [];
        }
    }

    [TestMethod]
    public async Task Another_writer_in_the_same_database_is_not_taken_for_this_one()
    {
        await WriteAsync();
        await using (var other = new TestHost())
        {
            var database = $"Data Source={_home.PathOf("logs/zotify.db")}";
            await using var host = await other.Again(
                ("Logging:Zotify:Instance", "m2/shop"), ("Logging:Zotify:Database:ConnectionString", database)).StartAsync(Cancellation);
            await LogAsync(host, Events * 2);
            Assert.AreEqual(
                AuditVerificationStatus.Valid, (await host.Services.GetRequiredService<AuditVerifier>().VerifyAsync(Cancellation)).Status);
        }

        var result = await VerifyAsync();
        Assert.AreEqual((AuditVerificationStatus.Valid, 0), (result.Status, result.Database!.EarlierJournals), result.Reason);
    }

    [TestMethod]
    public async Task Only_the_checkpoint_proves_the_last_line()
    {
        await WriteAsync();
        var count = Files.Lines.Length;
        Execute("DELETE FROM audit_events");
        Files.Rewrite(count, Changed);
        AssertFault(await VerifyAsync(), AuditVerificationStatus.Broken, count);
    }

    [TestMethod]
    public async Task Without_the_database_only_the_files_are_verified_and_the_result_shows_that()
    {
        await WriteAsync();
        File.Move(_home.PathOf("logs/zotify.db"), _home.PathOf("away"));
        var result = await VerifyAsync();
        Assert.AreEqual(AuditVerificationStatus.Valid, result.Status);
        Assert.AreEqual(new AuditWitness(0, null, 0, result.Database!.Unavailable), result.Database);
        StringAssert.Contains(result.Database.Unavailable, "unable to open database file", StringComparison.Ordinal);
        Assert.IsFalse(File.Exists(_home.PathOf("logs/zotify.db")));
    }

    [TestMethod]
    public async Task A_log_is_valid_at_any_moment_while_it_is_written_and_rolled()
    {
        await using var host = await StartAsync();
        var writer = Task.Run(async () =>
        {
            for (var n = 0; n < 300 * TestScale.Factor; n++)
            {
                Log(host, n);
                if (n % 5 == 0) await host.FlushAsync(FlushTo.Disk, Cancellation);
            }
        }, Cancellation);
        var results = new List<AuditVerification>();
        while (!writer.IsCompleted) results.Add(await host.Services.GetRequiredService<AuditVerifier>().VerifyAsync(Cancellation));
        await writer;
        foreach (var result in results) Assert.AreEqual(AuditVerificationStatus.Valid, result.Status, result.Reason);
        CollectionAssert.AreEqual(results.OrderBy(result => result.LastSeq).ToList(), results, "it saw less than before");
    }

    [TestMethod]
    public async Task A_log_is_valid_at_any_moment_while_retention_deletes_its_beginning_and_not_when_somebody_else_does()
    {
        await using (var host = await StartAsync(("Logging:Zotify:Handlers:Audit:RetainedSize", "4096")))
        {
            var verifier = host.Services.GetRequiredService<AuditVerifier>();
            for (var n = 0; n < 40 * TestScale.Factor; n++)
            {
                Log(host, n);
                await host.FlushAsync(FlushTo.Disk, Cancellation);
                var result = await verifier.VerifyAsync(Cancellation);
                Assert.AreEqual((AuditVerificationStatus.Valid, true), (result.Status, result.Anchored), result.Reason);
            }

            while ((await verifier.VerifyAsync(Cancellation)).FirstSeq == 1)
            {
            }
        }

        var pruned = await VerifyAsync();
        Assert.AreEqual((AuditVerificationStatus.Valid, true), (pruned.Status, pruned.Anchored), pruned.Reason);
        Assert.IsTrue((await NewVerifier().VerifyFilesAsync(_home.PathOf("logs"), Cancellation)).Anchored);
        // The stop may have interrupted a run. What it announced may be deleted, its rows before its files as retention does it, and no
        // more.
        var announced = Files.Lines.Select(line => JsonElement.Parse(line))
            .Where(line => line.GetProperty("event_type").GetString() == "audit.pruned")
            .Max(line => line.GetProperty("details").GetProperty("through_seq").GetInt64());
        await using (var session = await RetentionSession.OpenAsync(Database, Cancellation))
        {
            // The journals of audit and jobs begin at the same moment: either may be the first row.
            var journal = _home.Scalar("SELECT id FROM journals WHERE name = 'audit.log.json'");
            await new AuditRowPruner(session).DeleteThroughAsync(journal, announced, Cancellation);
        }

        while ((await VerifyAsync()).FirstSeq <= announced) File.Delete(Files.Paths[0]);
        var gone = await VerifyAsync();
        Assert.AreEqual(AuditVerificationStatus.Valid, gone.Status, gone.Reason);
        File.Delete(Files.Paths[0]);
        AssertFault(await VerifyAsync(), AuditVerificationStatus.Broken, announced + 1, "it is missing: the files begin with line");
    }

    [TestMethod]
    public async Task Verifications_run_one_at_a_time()
    {
        await WriteAsync();
        // The keys are read once in each verification: the gate stops the first one there.
        using var gate = new ManualResetEventSlim();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = 0;
        var verifier = new AuditVerifier(
            _home.PathOf("logs"), AuditFiles.Name, () => Instance, Keys, Database, () => new NoReadYourWrites());
        IReadOnlyList<HashKey> Keys()
        {
            Interlocked.Increment(ref running);
            entered.TrySetResult();
            gate.Wait(Cancellation);
            return [];
        }

        var first = verifier.VerifyAsync(Cancellation);
        await entered.Task;
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var (second, third) = (verifier.VerifyAsync(impatient.Token), verifier.VerifyFilesAsync(Files.Active, Cancellation));
        await impatient.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => second);
        Assert.AreEqual(1, Volatile.Read(ref running));
        gate.Set();
        Assert.AreEqual(AuditVerificationStatus.Valid, (await first).Status);
        Assert.AreEqual(AuditVerificationStatus.Valid, (await third).Status);
    }

    [TestMethod]
    public async Task A_verification_ends_when_it_is_cancelled()
    {
        await WriteAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => NewVerifier().VerifyAsync(new CancellationToken(canceled: true)));
    }

    [TestMethod]
    public async Task Files_are_verified_by_their_directory_by_the_active_file_or_from_a_rolled_one_on()
    {
        await WriteAsync();
        var (verifier, lines) = (NewVerifier(), Files.Lines.Length);
        foreach (var path in (string[])[_home.PathOf("logs"), Files.Active])
        {
            var whole = await verifier.VerifyFilesAsync(path, Cancellation);
            Assert.AreEqual((AuditVerificationStatus.Valid, 1, lines, null), (whole.Status, whole.FirstSeq, whole.Checked, whole.Database));
        }

        var first = File.ReadAllLines(Files.Paths[0]).Length + 1;
        var part = await verifier.VerifyFilesAsync(Files.Paths[1], Cancellation);
        Assert.AreEqual((AuditVerificationStatus.Valid, false, first, lines), (part.Status, part.Anchored, part.FirstSeq, part.LastSeq));

        using var copy = new TemporaryFolder();
        File.Copy(Files.Paths[1], copy.PathOf(Path.GetFileName(Files.Paths[1])));
        foreach (var path in (string[])[copy.Path, copy.PathOf(Path.GetFileName(Files.Paths[1]))])
        {
            var alone = await verifier.VerifyFilesAsync(path, Cancellation);
            Assert.AreEqual((AuditVerificationStatus.Valid, false, first), (alone.Status, alone.Anchored, alone.FirstSeq));
        }

        await Assert.ThrowsAsync<FileNotFoundException>(() => verifier.VerifyFilesAsync(copy.PathOf("nowhere"), Cancellation));
        await Assert.ThrowsAsync<FileNotFoundException>(() => verifier.VerifyFilesAsync(_home.Root, Cancellation));
    }

    private static string Changed(string content) =>
        content.Replace("\"level\":\"Information\"", "\"level\":\"Warning\"", StringComparison.Ordinal);

    private static void AssertFault(AuditVerification result, AuditVerificationStatus status, long seq, string reason = "")
    {
        Assert.AreEqual((status, seq), (result.Status, result.FirstBadSeq), result.Reason);
        StringAssert.StartsWith(result.Reason, $"line {seq}: ", StringComparison.Ordinal);
        StringAssert.Contains(result.Reason, reason, StringComparison.Ordinal);
    }

    private async Task LogAsync(TestHost host, int count = Events)
    {
        for (var n = 0; n < count; n++)
        {
            Log(host, n);
            host.Time.Advance(TimeSpan.FromSeconds(1));
            // Each alone, so that segments are rolled between them.
            await host.FlushAsync(FlushTo.Disk, Cancellation);
        }

        // The projector waits a moment after it has found a journal cut.
        var projected = host.FlushAsync(FlushTo.Database, Cancellation);
        while (!projected.IsCompleted)
        {
            host.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await projected;
    }

    private static void Log(TestHost host, int n) =>
        host.Logger().LogInformation(new EventId(1001, "user.login"), "User {user_id} logged in for the {n}th time", "u42", n);

    private async Task<TestHost> StartAsync(params (string, string?)[] settings)
    {
        var host = _home.Again([("Logging:Zotify:Instance", Instance), ("Logging:Zotify:Handlers:Audit:MaxFileSize", "1024"), .. settings]);
        host.Time.Advance(TimeSpan.FromDays(100 * ++_runs));
        return await host.StartAsync(Cancellation);
    }

    /// <summary>A run of the program that logs events, which are in the database when it ends.</summary>
    private async Task WriteAsync(params (string, string?)[] settings)
    {
        await using var host = await StartAsync(settings);
        await LogAsync(host);
    }

    private LoggingDatabase Database => _database ??= new LoggingDatabase(new DatabaseOptions(), _home.Root, [new SqliteEngineFactory()]);

    private AuditVerifier NewVerifier(params HashKey[] keys) =>
        new(_home.PathOf("logs"), AuditFiles.Name, () => Instance, () => keys, Database, () => new NoReadYourWrites());

    private Task<AuditVerification> VerifyAsync(params HashKey[] keys) => NewVerifier(keys).VerifyAsync(Cancellation);

    /// <summary>One record arrives during the wait, and seven do not.</summary>
    private sealed class LateReadYourWrites(Func<Task> comesIn) : IReadYourWrites
    {
        public async ValueTask<long> CatchUpAsync(CancellationToken cancellationToken)
        {
            await comesIn();
            return 7;
        }
    }

    private void Execute(string sql) => DatabaseFile.Execute(_home.PathOf("logs/zotify.db"), sql);
}
