using System.Globalization;
using System.Text.Json;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.EndToEnd;

/// <summary>A real process with concurrent durable writers, killed at random moments over one journal.</summary>
[TestClass]
public sealed class CrashTests
{
    private const int RunNumbers = 1_000_000;

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    [Timeout(600_000, CooperativeCancellation = true)]
    public async Task Every_acknowledged_event_is_in_the_file_once_and_in_the_database_once_however_often_the_process_is_killed()
    {
        var random = new Random(20261124);
        var acknowledged = new HashSet<long>();
        for (var kill = 0; kill < 3 * TestScale.Factor; kill++)
        {
            await using var writers = ChildProcess.Run<DurableWriters>(
                _folder.Path, (kill * RunNumbers).ToString(CultureInfo.InvariantCulture));
            // Some are killed with their first event, others after many.
            var events = random.Next(2) == 0 ? random.Next(1, 20) : random.Next(20, 1_000);
            for (var i = 0; i < events; i++) acknowledged.Add(Number(await writers.ReadLineAsync(Cancellation)));
            await writers.KillAsync(Cancellation);
            // Events that it printed before it was gone were acknowledged, too. The kill may have cut the last line.
            var (_, output, _) = await writers.EndAsync(Cancellation);
            var whole = output[..(output.LastIndexOf('\n') + 1)];
            acknowledged.UnionWith(whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Number));
        }

        await using (var host = await TestHost.In(new DirectoryInfo(_folder.Path)).StartAsync(Cancellation))
        {
            await host.FlushAsync(FlushTo.Database, Cancellation);
        }

        var lines = Lines();
        Chain.AssertWhole(lines, firstSeq: 1);
        var logged = lines.Select(line => JsonElement.Parse(line)).Where(line => line.GetProperty("event_type").GetString() == "user.login")
            .Select(line => line.GetProperty("details").GetProperty("n").GetInt64()).ToArray();
        CollectionAssert.AllItemsAreUnique(logged);
        CollectionAssert.IsSubsetOf(acknowledged.ToArray(), logged);
        Assert.AreEqual(lines.Length, Scalar("SELECT COUNT(*) FROM audit_events"));
        Assert.AreEqual(lines.Length, Scalar("SELECT COUNT(DISTINCT seq) FROM audit_events"));
        Assert.AreEqual(
            logged.Length, Scalar("SELECT COUNT(DISTINCT details ->> '$.n') FROM audit_events WHERE event_type = 'user.login'"));
        Assert.AreEqual(1, Scalar("SELECT COUNT(DISTINCT journal_id) FROM audit_events"));
        Assert.AreEqual(lines.Length, Scalar("SELECT SUM(count) FROM audit_counts"));
        TestContext.WriteLine(
            $"{3 * TestScale.Factor} kills, {acknowledged.Count} events acknowledged, {lines.Length} lines in the file and in the "
                + "database");
    }

    private static long Number(string line) => long.Parse(line, CultureInfo.InvariantCulture);

    /// <summary>All lines of the journal, in the order of the file names.</summary>
    private string[] Lines() =>
        [.. Directory.GetFiles(_folder.PathOf("logs"), "audit.log.*json")
            .Where(path => Path.GetExtension(path) == ".json")
            .OrderBy(path => Path.GetFileName(path) == "audit.log.json").ThenBy(path => path, StringComparer.Ordinal)
            .SelectMany(File.ReadAllLines)];

    private long Scalar(string sql) => DatabaseFile.Scalar(_folder.PathOf("logs/zotify.db"), sql);
}
