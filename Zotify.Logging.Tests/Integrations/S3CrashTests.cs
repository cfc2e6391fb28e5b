using System.Globalization;
using System.Text.Json;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;
using Zotify.Logging.Tests.Web.Support;
using ZstdSharp;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>
/// A program and its storage, both killed at random moments, with retention. At full size, a million records and a hundred kills.
/// </summary>
[TestClass]
public sealed class S3CrashTests
{
    private const int Kills = 5;
    private const int RecordsAKill = 10_000;

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    private string Objects => _folder.PathOf("objects");

    private string Log => _folder.PathOf("logs/audit.log.json");

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    [TestMethod]
    [Timeout(1_800_000, CooperativeCancellation = true)]
    public async Task Every_segment_is_in_the_storage_byte_for_byte()
    {
        var random = new Random(20261130);
        // Nobody else can take the storage's address while it is away.
        await using var relay = new TcpRelay();
        var storage = Storage();
        try
        {
            relay.LeadTo(await storage.ReadLineAsync(Cancellation));
            for (var kill = 0; kill < Kills * TestScale.Factor; kill++)
            {
                await using var writer = Writer(relay.Url, kill * RecordsAKill, RecordsAKill);
                Assert.AreEqual(S3Writer.Logged, await writer.ReadLineAsync(Cancellation));
                // While it sends, sometimes.
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(300)), TimeProvider.System, Cancellation);
                // Each is killed as often as the other; every second time, the other runs on for a moment.
                if (kill % 2 != 0) await writer.KillAsync(Cancellation);
                await storage.KillAsync(Cancellation);
                await storage.DisposeAsync();
                storage = Storage();
                relay.LeadTo(await storage.ReadLineAsync(Cancellation));
                if (kill % 2 == 0) await writer.KillAsync(Cancellation);
            }

            await using var last = Writer(relay.Url, Kills * TestScale.Factor * RecordsAKill, 1);
            Assert.AreEqual(S3Writer.Logged, await last.ReadLineAsync(Cancellation));
            while (Archived().Count <= Segment.Rolled(Log).Count
                || Segment.Rolled(Log).Any(segment => !Archived().ContainsKey(segment.FirstSeq)))
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
            await last.KillAsync(Cancellation);
        }
        finally
        {
            await storage.DisposeAsync();
        }

        var archived = Archived();
        foreach (var segment in Segment.Rolled(Log))
            CollectionAssert.AreEqual(await File.ReadAllBytesAsync(segment.Path, Cancellation), archived[segment.FirstSeq]);
        // What retention deleted is whole, too: with the active segment, the chain has no gap, and every number is in it.
        var folder = Directory.CreateDirectory(_folder.PathOf("all")).FullName;
        foreach (var (first, bytes) in archived)
            await File.WriteAllBytesAsync(Path.Combine(folder, SegmentNames.Rolled("audit.log.json", first)), bytes, Cancellation);
        File.Copy(Log, Path.Combine(folder, "audit.log.json"));
        string[] lines = [.. Segment.All(Path.Combine(folder, "audit.log.json")).SelectMany(segment => File.ReadAllLines(segment.Path))];
        Chain.AssertWhole(lines, firstSeq: 1);
        var numbers = lines.Select(line => JsonElement.Parse(line)).Where(line => line.GetProperty("event_type").ValueEquals("user.login"))
            .Select(line => line.GetProperty("details").GetProperty("n").GetInt32()).ToHashSet();
        Assert.HasCount((Kills * TestScale.Factor * RecordsAKill) + 1, numbers);
        Assert.IsGreaterThan(Segment.Rolled(Log).Count, archived.Count, "retention deleted some");
        TestContext.WriteLine($"{Kills * TestScale.Factor} kills, {numbers.Count} records in {archived.Count} segments");
    }

    private ChildProcess Storage() => ChildProcess.Run<S3Storage>(_folder.Path, Objects);

    private ChildProcess Writer(string address, int first, int count) => ChildProcess.Run<S3Writer>(
        _folder.Path, address, first.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture));

    /// <summary>The audit log's segments in the storage, by their first numbers.</summary>
    private SortedDictionary<long, byte[]> Archived()
    {
        var found = new SortedDictionary<long, byte[]>();
        if (!Directory.Exists(Objects)) return found;
        foreach (var path in Directory.GetFiles(Objects))
        {
            var name = Uri.UnescapeDataString(Path.GetFileName(path)).Split('/')[^1];
            if (!name.EndsWith(".zst", StringComparison.Ordinal)) continue;
            if (!SegmentNames.TryParse("audit.log.json", name[..^".zst".Length], out var first)) continue;
            using var file = File.OpenRead(path);
            using var zstd = new DecompressionStream(file);
            using var bytes = new MemoryStream();
            zstd.CopyTo(bytes);
            found.Add(first, bytes.ToArray());
        }

        return found;
    }
}
