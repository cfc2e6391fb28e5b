using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Zotify.Logging.Tests.Web.Page.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Page;

/// <summary>What a view costs to load, over a slow link above all. Times are printed; requests, bytes and headers are checked.</summary>
[TestClass]
public sealed partial class LoadTests
{
    // Fast 3G as the tools of Chromium have it: 1.6 Mbit/s down, 0.75 up, 150 ms.
    private static readonly Dictionary<string, object> Fast3G = new()
    {
        ["offline"] = false, ["latency"] = 150,
        ["downloadThroughput"] = 1.6 * 1024 * 1024 / 8, ["uploadThroughput"] = 0.75 * 1024 * 1024 / 8,
    };

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [DataRow("")]
    [DataRow("/ops/logs")]
    public async Task The_first_view_is_small_and_the_second_one_asks_for_no_file_again(string prefix)
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        await using var proxy = await NginxProxy.StartAsync(server.Url, TimeSpan.FromSeconds(60), Cancellation, prefix);
        await using var open = await OpenPage.OnAsync(server, "/health/live", key: null);
        var signIn = $"{proxy.Url}{prefix}/session";
        await open.Page.Context.APIRequest.PostAsync(signIn, new() { DataObject = new { key = TestServer.AllKey } });
        var session = await open.Page.Context.NewCDPSessionAsync(open.Page);
        await session.SendAsync("Network.enable");
        await session.SendAsync("Network.emulateNetworkConditions", Fast3G);
        var first = await LoadAsync(open, $"{proxy.Url}{prefix}/audit");
        var second = await LoadAsync(open, $"{proxy.Url}{prefix}/");
        TestContext.WriteLine($"First view: {first}. Second view: {second}; {await TimesAsync(open)}.");
        // All fonts included, which a fast machine may need only afterwards.
        Assert.IsLessThan(170_000, first.Bytes);
        Assert.IsLessThanOrEqualTo(12, first.Requests);
        Assert.IsLessThan(20_000, second.Bytes);
        // The page, who is signed in, the handlers, and the stream or the events.
        Assert.IsLessThanOrEqualTo(6, second.Requests);
        open.AssertNoComplaints();
    }

    [TestMethod]
    public async Task Files_are_compressed_and_kept_by_their_content()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        using var client = server.Client();
        client.DefaultRequestHeaders.Add("Accept-Encoding", "gzip;q=0.5, br");
        var page = await new HttpClient { BaseAddress = client.BaseAddress }.GetStringAsync("/", Cancellation);
        var folder = page.Split("href=\"files/")[1].Split('/')[0];
        (string Name, bool IsText)[] some =
            [("js/main.js", true), ("css/base.css", true), ("icon.svg", true), ("fonts/inter-latin-wght-normal.woff2", false)];
        foreach (var (name, isText) in some)
        {
            using var answer = await client.GetAsync($"/files/{folder}/{name}", Cancellation);
            Assert.AreEqual("public, max-age=31536000, immutable", answer.Headers.CacheControl?.ToString(), name);
            CollectionAssert.AreEqual(isText ? new[] { "br" } : [], answer.Content.Headers.ContentEncoding.ToArray(), name);
            Assert.AreEqual(isText, answer.Headers.Vary.Contains("Accept-Encoding"));
            using var again = new HttpRequestMessage(HttpMethod.Get, $"/files/{folder}/{name}");
            again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
            using var unchanged = await client.SendAsync(again, Cancellation);
            Assert.AreEqual(HttpStatusCode.NotModified, unchanged.StatusCode, name);
            // An address of another version comes from a page that was loaded before an update.
            using var other = await client.GetAsync($"/files/0123456789abcdef/{name}", Cancellation);
            Assert.AreEqual("no-cache", other.Headers.CacheControl?.ToString());
        }

        // An answer with data is neither compressed, so that its size tells nothing of a secret in it, nor kept.
        using var data = await client.GetAsync("/api/logs/handlers", Cancellation);
        Assert.IsEmpty(data.Content.Headers.ContentEncoding);
        Assert.AreEqual("no-store", data.Headers.CacheControl?.ToString());
        using var plain = new HttpRequestMessage(HttpMethod.Get, $"/files/{folder}/js/main.js");
        using var clear = await new HttpClient { BaseAddress = client.BaseAddress }.SendAsync(plain, Cancellation);
        Assert.IsEmpty(clear.Content.Headers.ContentEncoding);
        StringAssert.Contains(await clear.Content.ReadAsStringAsync(Cancellation), "import", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task The_modules_come_joined_and_each_of_them_can_be_read_alone()
    {
        await using var server = await new TestServer().StartAsync(Cancellation);
        await using var open = await OpenPage.OnAsync(server);
        await open.IsLiveAsync();
        var scripts = await open.Page.EvaluateAsync<string[]>(
            "performance.getEntriesByType('resource').map(entry => entry.name).filter(name => /\\.(js|css)$/.test(name))");
        Assert.HasCount(2, scripts);
        var joined = scripts.Single(name => name.EndsWith("/js/page.js", StringComparison.Ordinal));
        using var client = server.Client();
        foreach (Match module in Variable().Matches(await client.GetStringAsync(new Uri(joined), Cancellation)))
        {
            var address = joined.Replace("page.js", $"{module.Groups[1].Value.Replace('_', '-')}.js", StringComparison.Ordinal);
            var text = await client.GetStringAsync(new Uri(address), Cancellation);
            // Every import and export has a form that the server understands.
            Assert.AreEqual(Loose().Count(text), Strict().Count(text), address);
        }
    }

    [GeneratedRegex(@"^const \$([a-z_]+) = \(\(\) => \{", RegexOptions.Multiline)]
    private static partial Regex Variable();

    [GeneratedRegex(@"\b(import|export)\b.*[;{(]\r?$", RegexOptions.Multiline)]
    private static partial Regex Loose();

    [GeneratedRegex(
        @"^import \{ [^}]+ \} from '\./[a-z-]+\.js';\r?$|^export (async function|function|class|const) \w+.*[;{(]\r?$",
        RegexOptions.Multiline)]
    private static partial Regex Strict();

    private static async Task<Load> LoadAsync(OpenPage open, string address)
    {
        await open.Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Commit });
        // The page says when: the way from the browser to the test would count as well.
        await open.HoldsAsync(
            "document.querySelector('main .view') && document.querySelectorAll('#handlers li').length === 3 "
            + "&& (window.usableAt ??= performance.now())");
        var found = await open.Page.EvaluateAsync<double[]>(
            """
            () => {
              // On a busy machine, the page may ask for the states again before this is read.
              const isRepeated = entry => entry.startTime > window.usableAt && /\/(handlers|instances)$/.test(entry.name);
              const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
                .filter(entry => !isRepeated(entry));
              const sent = all.filter(entry => entry.transferSize > 0 || entry.initiatorType === 'fetch');
              return [sent.length, all.reduce((sum, entry) => sum + entry.transferSize, 0), window.usableAt];
            }
            """);
        return new Load((int)found[0], (int)found[1], (int)found[2]);
    }

    /// <summary>When each request was sent and answered.</summary>
    private static Task<string> TimesAsync(OpenPage open) => open.Page.EvaluateAsync<string>(
        """
        () => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
          .map(entry => `${new URL(entry.name).pathname.split('/').at(-1) || 'page'} ${Math.round(entry.startTime)} to ${Math.round(entry.responseEnd)} ms`)
          .join(', ')
        """);

    private sealed record Load(int Requests, int Bytes, int Milliseconds)
    {
        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Requests} requests, {Bytes} bytes, {Milliseconds} ms");
    }
}
