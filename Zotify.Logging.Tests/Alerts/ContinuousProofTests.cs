using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Journal;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Diagnostics;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Alerts;

/// <summary>The proof that goes on by itself: what is new, at each roll.</summary>
[TestClass]
public sealed class ContinuousProofTests
{
    private const int TestTimeout = 180_000;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Some.Time);

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    private string Active => _folder.PathOf("logs/audit.log.json");

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_roll_is_proven_at_once_from_the_file_on_that_the_last_proof_ended_in()
    {
        string overwritten;
        await using (var host = await StartAsync())
        {
            await ProvenAsync(host, null);
            var first = await RollAsync(host);
            Assert.AreEqual(AuditVerificationStatus.Valid, first.Status);
            var segment = Segment.Rolled(Active)[0];
            Assert.IsGreaterThanOrEqualTo(Segment.Rolled(Active)[^1].FirstSeq, first.Base!.Value.Seq, "the next proof begins with the last file");

            // What was proven is not read again, so that a proof costs what is new.
            overwritten = segment.Path;
            LiveFile.Overwrite(overwritten, "u1 ", "u9 ");
            var second = await RollAsync(host);
            Assert.AreEqual(AuditVerificationStatus.Valid, second.Status);
            Assert.IsGreaterThan(first.ThroughSeq!.Value, second.ThroughSeq!.Value);
            Assert.IsGreaterThan(first.Base.Value.Seq, second.Base!.Value.Seq);
        }

        // The next process goes on with the proof of this one.
        await using (var host = await StartAsync())
        {
            await UntilAsync(() => Prover(host).Last is not null);
            using (var metrics = new Measurements(host.Services))
                Assert.AreEqual(1, metrics.Read()["zotify.logging.proof.valid"]);
            await host.Service.FlushAsync(FlushTo.Database, Cancellation);
            LiveFile.Overwrite(Active, "u1 ", "u9 ");
            var third = await RollAsync(host);
            Assert.AreEqual(AuditVerificationStatus.Broken, third.Status);
            Assert.AreEqual(2, third.FirstBadSeq, "where something is wrong, all files are read");
            using (var metrics = new Measurements(host.Services))
            {
                var read = metrics.Read();
                Assert.AreEqual(0, read["zotify.logging.proof.valid"]);
                Assert.AreEqual((long)(_time.GetUtcNow() - third.At).TotalSeconds, read["zotify.logging.proof.age"]);
            }
        }
    }

    private static AuditProver Prover(AlertHost host) => host.Services.GetRequiredService<AuditProver>();

    /// <summary>Logs until the file was rolled; the proof of that. It does not wait for the hour to be over.</summary>
    private async Task<AuditProof> RollAsync(AlertHost host)
    {
        var (last, rolled) = (Prover(host).Last, Segment.Rolled(Active).Count);
        while (Segment.Rolled(Active).Count == rolled)
        {
            host.LogIn("u1 ");
            await host.Service.FlushAsync(FlushTo.Database, Cancellation);
        }

        var before = _time.GetUtcNow();
        var proof = await ProvenAsync(host, last);
        Assert.IsLessThan(TimeSpan.FromMinutes(50), proof.At - before);
        return proof;
    }

    private async Task<AuditProof> ProvenAsync(AlertHost host, AuditProof? last)
    {
        await UntilAsync(() => Prover(host).Last is { } proof && proof != last);
        return Prover(host).Last!;
    }

    private Task<AlertHost> StartAsync() =>
        AlertHost.StartAsync(_folder.Path, null, _time, Cancellation, ("Logging:Zotify:Handlers:Audit:MaxFileSize", "2000"));

    /// <summary>Lets time pass until a condition is true. Slowly: an hour of this clock must be longer than what the machine may take.</summary>
    private Task UntilAsync(Func<bool> condition) => _time.PassUntilAsync(TimeSpan.FromMilliseconds(200), condition, Cancellation);
}
