using System.Diagnostics;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Journal.Verification;

[TestClass]
public sealed class LargeJournalTests
{
    private const int Batch = 1_000;
    private const long Bound = 4 * 1024 * 1024;

    public required TestContext TestContext { get; set; }

    [TestMethod]
    [DoNotParallelize] // It measures memory.
    [Timeout(600_000, CooperativeCancellation = true)]
    public void A_large_journal_is_verified_in_constant_memory()
    {
        using var folder = new ChainFolder([]);
        folder.Journal.MaxFileSize = 2 * 1024 * 1024;
        string[] batch = [.. Enumerable.Repeat($"\"event_type\":\"user.login\",\"message\":\"{new string('x', 250)}\"", Batch)];
        using (var writer = folder.Journal.Open())
        {
            for (var i = 0; i < 50 * TestScale.Factor; i++) writer.Append(batch, new MembersFormat());
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        using var files = JournalFiles.Open(new JournalLocation(folder.Journal.Active));
        using var chain = new ChainReader(files, [], isWhole: true);
        while (chain.Read())
        {
        }

        watch.Stop();
        Assert.AreEqual((null, 50L * TestScale.Factor * Batch), (chain.Fault, chain.Checked));
        Assert.IsLessThan(before + Bound, GC.GetTotalMemory(forceFullCollection: true));
        var bytes = folder.Segments.Sum(path => new FileInfo(path).Length);
        TestContext.WriteLine(
            $"{chain.Checked} lines, {bytes >> 20} MiB in {folder.Segments.Length} segments, verified in "
                + $"{watch.Elapsed.TotalSeconds:0.00} s, {bytes / watch.Elapsed.TotalSeconds / (1 << 20):0} MiB/s");
    }
}
