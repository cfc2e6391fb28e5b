using System.Globalization;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>A program and its collector, both killed at random moments. At full size, a million records and a hundred kills.</summary>
[TestClass]
public sealed class OtlpCrashTests
{
    private const int Kills = 5;
    private const int RecordsAKill = 10_000;
    private const int MaxBatch = 512;

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    private string Received => _folder.PathOf("received");

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    [TestMethod]
    [Timeout(1_800_000, CooperativeCancellation = true)]
    public async Task Every_record_arrives_and_a_crash_repeats_at_most_a_batch()
    {
        var random = new Random(20261130);
        // Nobody else can take the collector's address while it is away.
        await using var relay = new TcpRelay();
        var collector = Collector();
        try
        {
            relay.LeadTo(await collector.ReadLineAsync(Cancellation));
            for (var kill = 0; kill < Kills * TestScale.Factor; kill++)
            {
                await using var writer = Writer(relay.Url, kill * RecordsAKill, RecordsAKill);
                Assert.AreEqual(OtlpWriter.Logged, await writer.ReadLineAsync(Cancellation));
                // While it sends, sometimes.
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(300)), TimeProvider.System, Cancellation);
                // Each is killed as often as the other; every second time, the other runs on for a moment.
                if (kill % 2 != 0) await writer.KillAsync(Cancellation);
                await collector.KillAsync(Cancellation);
                await collector.DisposeAsync();
                collector = Collector();
                relay.LeadTo(await collector.ReadLineAsync(Cancellation));
                if (kill % 2 == 0) await writer.KillAsync(Cancellation);
            }

            await using var last = Writer(relay.Url, 0, 0);
            var expected = LastSeq();
            while (Batches().LastOrDefault() is not { } batch || batch[^1] < expected)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
                expected = LastSeq();
            }
        }
        finally
        {
            await collector.DisposeAsync();
        }

        var reached = 0L;
        foreach (var batch in Batches())
        {
            Assert.IsLessThanOrEqualTo(reached + 1, batch[0], "no record is left out");
            Assert.IsGreaterThan(reached - MaxBatch, batch[0], "at most a batch is repeated");
            CollectionAssert.AreEqual(Enumerable.Range(0, batch.Length).Select(n => batch[0] + n).ToArray(), batch);
            reached = Math.Max(reached, batch[^1]);
        }

        Assert.IsGreaterThanOrEqualTo(Kills * TestScale.Factor * RecordsAKill, reached);
        TestContext.WriteLine($"{Kills * TestScale.Factor} kills, {reached} records, {Batches().Sum(batch => batch.Length)} received");
    }

    private ChildProcess Collector() => ChildProcess.Run<OtlpCollector>(_folder.Path, Received);

    private ChildProcess Writer(string address, int first, int count) => ChildProcess.Run<OtlpWriter>(
        _folder.Path, address, first.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture));

    /// <summary>The requests that the collector took whole. A kill may have cut the last line of a run.</summary>
    private List<long[]> Batches() => File.Exists(Received)
        ? [.. LiveFile.Lines(Received).Where(line => line.Length > 0)
            .Select(line => line.Split(' ').Select(seq => long.Parse(seq, CultureInfo.InvariantCulture)).ToArray())]
        : [];

    /// <summary>The number of the journal's last line.</summary>
    private long LastSeq() => JournalEnd.Find(_folder.PathOf("logs/audit.log.json"))?.Seq ?? 0;
}
