using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Zotify.Logging.Journal;
using Zotify.Logging.Queries;
using Zotify.Logging.Retention;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Queries.Audit;

/// <summary>A verification while the audit log is written, rolled and pruned.</summary>
[TestClass]
public sealed class ChangingAuditLogTests : AuditVerifierFixture
{
    [TestMethod]
    public async Task A_fault_while_the_files_change_is_checked_again()
    {
        await WriteAsync();
        var whole = File.ReadAllText(Files.Active);
        File.WriteAllText(Files.Active, Changed(whole));
        var (asked, opened) = (0, 0);
        var verifier = new AuditVerifier(
            Home.PathOf("logs"), AuditFiles.Name, BeforeTheFilesAreOpened, AfterThat, Database, () => new NoReadYourWrites());
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
        Assert.IsTrue((await NewVerifier().VerifyFilesAsync(Home.PathOf("logs"), Cancellation)).Anchored);
        // The stop may have interrupted a run. What it announced may be deleted, its rows before its files as retention does it, and no
        // more.
        var announced = Files.Lines.Select(line => JsonElement.Parse(line))
            .Where(line => line.GetProperty("event_type").GetString() == "audit.pruned")
            .Max(line => line.GetProperty("details").GetProperty("through_seq").GetInt64());
        await using (var session = await RetentionSession.OpenAsync(Database, Cancellation))
        {
            // The journals of audit and jobs begin at the same moment: either may be the first row.
            var journal = Home.Scalar("SELECT id FROM journals WHERE name = 'audit.log.json'");
            await new AuditRowPruner(session).DeleteThroughAsync(journal, announced, Cancellation);
        }

        while ((await VerifyAsync()).FirstSeq <= announced) File.Delete(Files.Paths[0]);
        var gone = await VerifyAsync();
        Assert.AreEqual(AuditVerificationStatus.Valid, gone.Status, gone.Reason);
        File.Delete(Files.Paths[0]);
        AssertFault(await VerifyAsync(), AuditVerificationStatus.Broken, announced + 1, "it is missing: the files begin with line");
    }
}
