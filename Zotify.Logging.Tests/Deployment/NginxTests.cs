using System.Net;
using System.Security.Cryptography;
using System.Text;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Deployment;

/// <summary><c>docker/nginx.conf</c> in a real nginx, before two real instances of the program.</summary>
[TestClass]
public sealed class NginxTests
{
    private const string Key = "key of the test";

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void RemoveFolder() => _folder.Dispose();

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [Timeout(120_000, CooperativeCancellation = true)]
    public async Task A_client_streams_lines_at_once_and_gets_the_other_instance_when_its_own_is_gone(int gone)
    {
        await using var one = Start("web-1");
        await using var two = Start("web-2");
        ChildProcess[] instances = [one, two];
        string[] addresses = [await one.ReadLineAsync(Cancellation), await two.ReadLineAsync(Cancellation)];
        await using var proxy = await NginxProxy.StartAsync(listen => Configuration(addresses, listen), prefix: "", Cancellation);
        using var client = new HttpClient { BaseAddress = new Uri(proxy.Url) };
        client.DefaultRequestHeaders.Add("X-API-Key", Key);

        using var answer = await client.GetAsync("/api/logs/system/stream?tail=0", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
        using var stream = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancellation));
        // The client stays with one of them.
        foreach (var instance in instances) await instance.WriteLineAsync("sync-1 other 1 1", Cancellation);
        string? line;
        do line = await stream.ReadLineAsync(Cancellation);
        while (line is not null && !line.Contains("Entry 1 of sync-1", StringComparison.Ordinal));
        Assert.IsNotNull(line);

        await instances[gone].KillAsync(Cancellation);
        Assert.AreEqual("Healthy", await client.GetStringAsync("/health/live", Cancellation));
        using var handlers = await client.GetAsync("/api/logs/handlers", Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, handlers.StatusCode);
    }

    private static string Configuration(string[] addresses, string listen)
    {
        var configuration = Repository.Read("docker/nginx.conf");
        foreach (var (name, address) in new[] { ("web-1:8080", addresses[0]), ("web-2:8080", addresses[1]) })
        {
            Assert.Contains($"server {name} ", configuration);
            configuration = configuration.Replace(name, new Uri(address).Authority, StringComparison.Ordinal);
        }

        return configuration.Replace("listen 8080;", $"listen {listen};", StringComparison.Ordinal);
    }

    private ChildProcess Start(string name)
    {
        var folder = Directory.CreateDirectory(_folder.PathOf(name)).FullName;
        string[] settings =
        [
            "urls=http://127.0.0.1:0", $"contentRoot={folder}", $"Logging:Zotify:Instance={name}", "Logging:Console:LogLevel:Default=None",
            "Zotify:Access:Proxies:0=127.0.0.1", "Zotify:Access:ApiKeys:0:Name=test",
            $"Zotify:Access:ApiKeys:0:Sha256={Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Key)))}",
            "Zotify:Access:ApiKeys:0:Scopes:0=logs:system",
        ];
        return ChildProcess.Run<WebInstance>(folder, [.. settings.Select(setting => $"--{setting}")]);
    }
}
