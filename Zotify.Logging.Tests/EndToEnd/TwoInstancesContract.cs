using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.EndToEnd;

/// <summary>Two web instances, each a process with a directory of its own, over one database: each answers for both.</summary>
public abstract class TwoInstancesContract : StoreContract
{
    private const string Key = "key of the test";
    private const string Shared = "shared";

    private readonly TemporaryFolder _one = new();
    private readonly TemporaryFolder _two = new();

    [TestCleanup]
    public void RemoveFolders()
    {
        _one.Dispose();
        _two.Dispose();
    }

    private int Entries => 5_000 * TestScale.Factor / Store.Every(5);

    /// <summary>The settings of the database, <c>key=value</c>.</summary>
    private protected abstract string[] DatabaseSettings { get; }

    [TestMethod]
    [Timeout(900_000, CooperativeCancellation = true)]
    public async Task Records_of_one_are_streamed_live_by_the_other_without_loss_or_repetition()
    {
        await Database.MigrateAsync(Cancellation);
        await using var one = Start(_one.Path, "one");
        await using var two = Start(_two.Path, "two");
        using var throughOne = await ClientAsync(one);
        using var throughTwo = await ClientAsync(two);
        var readers =
            new[] { new JobSubscriber(throughTwo, "of-one"), new JobSubscriber(throughOne, "of-two"), new JobSubscriber(throughOne, Shared), new JobSubscriber(throughTwo, Shared) };

        // The second half is not logged before the first was read through the other instance.
        foreach (var (from, to) in ((int, int)[])[(1, Entries / 2), ((Entries / 2) + 1, Entries)])
        {
            await one.WriteLineAsync($"of-one {Shared} {from} {to}", Cancellation);
            await two.WriteLineAsync($"of-two {Shared} {from} {to}", Cancellation);
            await Task.WhenAll(readers.Select(reader => reader.ReadAsync(reader.Job == Shared ? 2 * (to / 10) : to, Cancellation)));
            foreach (var instance in (ChildProcess[])[one, two])
                Assert.AreEqual(WebInstance.Logged, await instance.ReadLineAsync(Cancellation));
        }

        AssertInOrder(readers[0].Entries, "one", Enumerable.Range(1, Entries));
        AssertInOrder(readers[1].Entries, "two", Enumerable.Range(1, Entries));
        foreach (var reader in readers[2..])
        {
            foreach (var instance in (string[])["one", "two"])
                AssertInOrder(
                    reader.Entries.Where(entry => entry.Instance == instance),
                    instance,
                    Enumerable.Range(1, Entries / 10).Select(i => i * 10));
        }

        foreach (var reader in readers) Assert.AreEqual(0, await reader.ReadOnceAsync(Cancellation), "nothing is read twice");
        Assert.AreEqual(
            $"of-one|{Entries}|{Entries}\nof-two|{Entries}|{Entries}\nshared|{Entries / 5}|{Entries / 5}",
            await Store.ReadTextAsync(
                "SELECT j.job_id, MAX(j.entries), COUNT(*) FROM jobs j JOIN job_logs l ON l.job_id = j.job_id GROUP BY j.job_id ORDER BY j.job_id"));
        Assert.AreEqual(
            "0",
            await Store.ReadTextAsync(
                "SELECT COUNT(*) FROM (SELECT journal_id, seq FROM job_logs GROUP BY journal_id, seq HAVING COUNT(*) > 1) AS twice"));
        foreach (var instance in (ChildProcess[])[one, two])
        {
            instance.CloseInput();
            var (exitCode, _, error) = await instance.EndAsync(Cancellation);
            Assert.AreEqual(0, exitCode, error);
        }

        TestContext.WriteLine(
            $"{Entries} entries of its own and {Entries / 10} of a shared job by each of two processes, each read once through the other");
    }

    private static void AssertInOrder(IEnumerable<(string Instance, string Message)> entries, string instance, IEnumerable<int> numbers)
    {
        var actual = entries.ToArray();
        Assert.IsTrue(actual.All(entry => entry.Instance == instance));
        CollectionAssert.AreEqual(
            numbers.Select(n => n.ToString(CultureInfo.InvariantCulture))
                .ToArray(), Array.ConvertAll(actual, entry => entry.Message.Split(' ')[1]));
    }

    private ChildProcess Start(string folder, string instance)
    {
        string[] settings =
        [
            "urls=http://127.0.0.1:0", $"contentRoot={folder}", $"Logging:Zotify:Instance={instance}", "Logging:LogLevel:Microsoft=Warning",
            "Logging:Console:LogLevel:Default=None", .. DatabaseSettings,
            "Zotify:Access:ApiKeys:0:Name=test",
            $"Zotify:Access:ApiKeys:0:Sha256={Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Key)))}",
            "Zotify:Access:ApiKeys:0:Scopes:0=logs:jobs",
        ];
        return ChildProcess.Run<WebInstance>(folder, [.. settings.Select(setting => $"--{setting}")]);
    }

    private async Task<HttpClient> ClientAsync(ChildProcess instance)
    {
        var client = new HttpClient { BaseAddress = new Uri(await instance.ReadLineAsync(Cancellation)) };
        client.DefaultRequestHeaders.Add("X-API-Key", Key);
        return client;
    }

    private sealed class JobSubscriber(HttpClient client, string job)
    {
        private string? _after;

        public string Job => job;

        public List<(string Instance, string Message)> Entries { get; } = [];

        /// <summary>Reads until it has at least this many entries.</summary>
        public async Task ReadAsync(int count, CancellationToken cancellationToken)
        {
            while (Entries.Count < count) await ReadOnceAsync(cancellationToken);
        }

        /// <summary>Reads the next page. Returns its number of entries.</summary>
        public async Task<int> ReadOnceAsync(CancellationToken cancellationToken)
        {
            using var answer = await client.GetAsync(
                $"/api/logs/jobs/{job}?limit=1000{(_after is null ? "" : $"&after={_after}")}", cancellationToken);
            // Not in the database yet. If this instance knows that the database is behind, its answer has that.
            if (answer.StatusCode is System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.ServiceUnavailable) return 0;
            answer.EnsureSuccessStatusCode();
            var page = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            _after = page.GetProperty("next_after").GetString();
            var items = page.GetProperty("items").EnumerateArray().ToArray();
            Entries.AddRange(items.Select(item => (item.GetProperty("instance").GetString()!, item.GetProperty("message").GetString()!)));
            return items.Length;
        }
    }
}
