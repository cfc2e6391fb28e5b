using System.Globalization;
using System.Text.RegularExpressions;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.Hosts;

/// <summary>Containers and hosts of one process that come and go over one directory in random orders.</summary>
[TestClass]
public sealed class InterleavingTests
{
    private const int Steps = 60;
    private const string Refused =
        "zotify-logging: Audit: final: a record came after the end and is not written; further ones are counted\r?\n";

    private const int RunNumbers = 1_000_000;

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [Timeout(1_200_000, CooperativeCancellation = true)]
    public async Task Every_record_is_written_once_in_whatever_order_containers_and_hosts_come_and_go()
    {
        var records = 0;
        for (var seed = 1; seed <= 25 * TestScale.Factor; seed++) records += await RunAsync(seed);
        TestContext.WriteLine($"{25 * TestScale.Factor} interleavings, {records} records in each of the three logs");
    }

    [TestMethod]
    [Timeout(600_000, CooperativeCancellation = true)]
    public async Task Every_acknowledged_event_is_there_once_where_the_process_is_killed_meanwhile()
    {
        using var folder = new SharedFolder();
        var random = new Random(20261130);
        var acknowledged = new HashSet<int>();
        for (var kill = 0; kill < 2 * TestScale.Factor; kill++)
        {
            await using var child = ChildProcess.Run<RandomHostsChild>(
                folder.Root,
                random.Next().ToString(CultureInfo.InvariantCulture),
                (kill * RunNumbers).ToString(CultureInfo.InvariantCulture));
            for (var events = random.Next(1, 200); events > 0; events--) acknowledged.Add(Number(await child.ReadLineAsync(Cancellation)));
            await child.KillAsync(Cancellation);
            var (_, output, _) = await child.EndAsync(Cancellation);
            // The kill may have cut the last line.
            var whole = output[..(output.LastIndexOf('\n') + 1)];
            acknowledged.UnionWith(whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Number));
        }

        await using (var host = await folder.Host().StartAsync(Cancellation)) await host.FlushAsync(FlushTo.Database, Cancellation);
        var numbers = folder.AuditNumbers;
        CollectionAssert.AllItemsAreUnique(numbers);
        CollectionAssert.IsSubsetOf(acknowledged.ToArray(), numbers);
        folder.AssertWhole();
        TestContext.WriteLine($"{2 * TestScale.Factor} kills, {acknowledged.Count} events acknowledged, {numbers.Length} written");
    }

    private async Task<int> RunAsync(int seed)
    {
        using var folder = new SharedFolder();
        var (expected, refused) = (new List<int>(), new List<int>());
        await using var hosts = new RandomHosts(folder.Root, seed, first: 0, (number, _) => expected.Add(number), refused.Add);
        await hosts.RunAsync(Steps);
        await hosts.DisposeLiveAsync();
        await hosts.FlushAsync(Cancellation);
        Assert.IsTrue(expected.All(folder.AuditNumbers.ToHashSet().Contains), $"seed {seed}: what was logged is on the disk after a flush");

        // Dispose the forgotten ones here, so that the directory closes.
        await hosts.DisposeAsync();
        while (expected.Count > 0 && !folder.IsFree()) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancellation);
        if (expected.Count == 0) return 0;
        var said = $"seed {seed}: {hosts.Stderr}";
        CollectionAssert.AreEquivalent(expected, folder.AuditNumbers, said);
        // The other handlers accept a record that the audit log refuses.
        CollectionAssert.AreEquivalent(expected.Concat(refused).ToArray(), folder.SystemNumbers, said);
        CollectionAssert.AreEquivalent(expected.Concat(refused).ToArray(), folder.JobNumbers, said);
        Assert.AreEqual("", Regex.Replace(hosts.Stderr.ToString(), Refused, ""), said);
        folder.AssertWhole();
        var types = folder.EventTypes;
        Assert.AreEqual("audit.stopped", types[^1], said);
        Assert.AreEqual(types.Count(type => type == "audit.started"), types.Count(type => type == "audit.stopped"), said);
        return expected.Count;
    }

    private static int Number(string line) => int.Parse(line, CultureInfo.InvariantCulture);
}
