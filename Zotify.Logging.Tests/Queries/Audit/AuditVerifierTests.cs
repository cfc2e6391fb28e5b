using Microsoft.Extensions.DependencyInjection;
using Zotify.Logging.Journal;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Journal.Verification;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Queries.Audit;

/// <summary>The database as the second witness of the audit log.</summary>
[TestClass]
public sealed class AuditVerifierTests : AuditVerifierFixture
{
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
        Assert.AreEqual(expected, result with { SegmentStart = null });
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
            Home.PathOf("logs"), AuditFiles.Name, () => Instance, () => [], Database, () => readYourWrites).VerifyAsync(Cancellation);
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
    public async Task Another_writer_in_the_same_database_is_not_taken_for_this_one()
    {
        await WriteAsync();
        await using (var other = new TestHost())
        {
            var database = $"Data Source={Home.PathOf("logs/zotify.db")}";
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
    public async Task Without_the_database_only_the_files_are_verified_and_the_result_shows_that()
    {
        await WriteAsync();
        File.Move(Home.PathOf("logs/zotify.db"), Home.PathOf("away"));
        var result = await VerifyAsync();
        Assert.AreEqual(AuditVerificationStatus.Valid, result.Status);
        Assert.AreEqual(new AuditWitness(0, null, 0, result.Database!.Unavailable), result.Database);
        StringAssert.Contains(result.Database.Unavailable, "unable to open database file", StringComparison.Ordinal);
        Assert.IsFalse(File.Exists(Home.PathOf("logs/zotify.db")));
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
            Home.PathOf("logs"), AuditFiles.Name, () => Instance, Keys, Database, () => new NoReadYourWrites());
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
        foreach (var path in (string[])[Home.PathOf("logs"), Files.Active])
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
        await Assert.ThrowsAsync<FileNotFoundException>(() => verifier.VerifyFilesAsync(Home.Root, Cancellation));
    }

    /// <summary>One record arrives during the wait, and seven do not.</summary>
    private sealed class LateReadYourWrites(Func<Task> comesIn) : IReadYourWrites
    {
        public async Task<long> CatchUpAsync(CancellationToken cancellationToken)
        {
            await comesIn();
            return 7;
        }
    }
}
