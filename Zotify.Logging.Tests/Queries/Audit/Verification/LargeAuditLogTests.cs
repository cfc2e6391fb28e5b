using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Queries.Audit.Verification;

/// <summary>A large audit log with all its rows: 50,000 events, a million at the full scale.</summary>
[TestClass]
public sealed class LargeAuditLogTests
{
    private const long Bound = 24 * 1024 * 1024;

    public required TestContext TestContext { get; set; }

    [TestMethod]
    [DoNotParallelize] // It measures memory.
    [Timeout(900_000, CooperativeCancellation = true)]
    public async Task Every_row_of_a_large_log_is_compared_in_constant_memory()
    {
        await using var host = await new TestHost(("Logging:Zotify:Handlers:Audit:EventTypes:0", "user.*"))
            .StartAsync(TestContext.CancellationToken);
        var logger = host.Logger();
        for (var n = 0; n < 50_000 * TestScale.Factor; n++)
        {
            logger.LogInformation(
                new EventId(1001, "user.login"),
                "User {user_id} logged in from {source_ip} with {client}, {attempts} attempts",
                $"u{n % 20_000}",
                "10.0.0.1",
                "the web page",
                n % 3);
            if (n % 1_000 == 0) host.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await host.FlushAsync(FlushTo.Database, TestContext.CancellationToken);
        var verifier = host.Services.GetRequiredService<AuditVerifier>();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var run = 1; run <= 3; run++)
        {
            var watch = Stopwatch.StartNew();
            var files = await verifier.VerifyFilesAsync(host.PathOf("logs"), TestContext.CancellationToken);
            var filesAlone = watch.Elapsed;
            watch.Restart();
            var both = await verifier.VerifyWrittenAsync(TestContext.CancellationToken);
            Assert.AreEqual(
                (AuditVerificationStatus.Valid, files.Checked, files.Checked),
                (both.Status, both.Checked, both.Database!.Checked),
                both.Reason);
            TestContext.WriteLine(
                $"{both.Checked} lines: files alone {filesAlone.TotalSeconds:0.00} s, with every row {watch.Elapsed.TotalSeconds:0.00} s");
        }

        Assert.IsLessThan(before + Bound, GC.GetTotalMemory(forceFullCollection: true));
    }
}
