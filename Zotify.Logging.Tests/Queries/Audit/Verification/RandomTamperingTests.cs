using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Queries.Audit.Verification;

/// <summary>
/// Random changes of files, rows, counts and checkpoint, 25 for each kind of log and 500 at the full scale: all are found,
/// and where.
/// </summary>
[TestClass]
public sealed class RandomTamperingTests
{
    private const int Rounds = 25;

    /// <summary>A small run makes the same changes each time; a large one makes others.</summary>
    private const int Seed = 20261130;

    public required TestContext TestContext { get; set; }

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(true, true)]
    [Timeout(600_000, CooperativeCancellation = true)]
    public async Task Every_tampering_is_found_and_located(bool hasKey, bool isPruned)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("ZOTIFY_TEST_SEED"), out var given) ? given
            : TestScale.Factor == 1 ? Seed : Environment.TickCount;
        TestContext.WriteLine($"ZOTIFY_TEST_SEED={seed}");
        var random = new Random(seed);
        var done = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var round = 0; round < Rounds * TestScale.Factor; round++)
        {
            using var scene = await AuditScene.NewAsync(hasKey, isPruned);
            var tampering = new Tampering(scene, random);
            var expected = tampering.Apply();
            var result = await scene.VerifyAsync(TestContext.CancellationToken);
            Assert.AreEqual(
                expected, Expected.Of(result, expected.Count is not null), $"seed {seed}, round {round}, {tampering.Name}: {result}");
            Assert.AreNotEqual(AuditVerificationStatus.Valid, result.Status);
            done[tampering.Name] = done.GetValueOrDefault(tampering.Name) + 1;
        }

        TestContext.WriteLine(string.Join(", ", done.Select(kind => $"{kind.Key}: {kind.Value}")));
    }
}
