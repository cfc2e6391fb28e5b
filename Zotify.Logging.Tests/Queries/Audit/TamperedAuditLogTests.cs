using Microsoft.Extensions.DependencyInjection;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Journal.Verification;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Queries.Audit;

/// <summary>Changed files are found by the database, the second witness of the audit log.</summary>
[TestClass]
public sealed class TamperedAuditLogTests : AuditVerifierFixture
{
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
        Assert.AreEqual(AuditVerificationStatus.Valid, (await NewVerifier().VerifyFilesAsync(Home.PathOf("logs"), Cancellation)).Status);

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
    public async Task Only_the_checkpoint_proves_the_last_line()
    {
        await WriteAsync();
        var count = Files.Lines.Length;
        Execute("DELETE FROM audit_events");
        Files.Rewrite(count, Changed);
        AssertFault(await VerifyAsync(), AuditVerificationStatus.Broken, count);
    }

    private void Execute(string sql) => DatabaseFile.Execute(Home.PathOf("logs/zotify.db"), sql);
}
