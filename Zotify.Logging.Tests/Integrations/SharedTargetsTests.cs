using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>The first container that opens a directory decides where its journals go. Whoever wants more is told.</summary>
[TestClass]
public sealed class SharedTargetsTests
{
    private const string Collector = "http://127.0.0.1:9";

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    [TestMethod]
    public async Task A_host_whose_directory_was_opened_without_its_targets_is_told_which_get_nothing()
    {
        using var bootstrap = LoggerFactory.Create(
            logging => logging.AddZotify(options => options.Directory = _folder.PathOf("logs")));
        bootstrap.CreateLogger("Bootstrap").LogInformation(ShippingHost.Login, "first");
        var host = ShippingHost.Build(
            _folder.Path,
            logging => logging.AddZotifyOtlp().AddZotifyS3(),
            [("Logging:Zotify:Otlp:Endpoint", $"{Collector}/"), .. S3Server.SettingsFor(Collector)]);
        await using (await host.StartAsync(Cancellation))
        {
        }

        var told = host.Stderr.ToString();
        StringAssert.Contains(told, $"Otlp ({Collector}/v1/logs), S3 (s3://{S3Server.Bucket}/shop/)", StringComparison.Ordinal);
        StringAssert.Contains(told, _folder.PathOf("logs"), StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Another_destination_is_told_and_the_same_one_is_not()
    {
        await using var first = await OtlpHost.StartAsync(_folder.Path, Collector, Cancellation);
        await using var same = await OtlpHost.StartAsync(_folder.Path, Collector, Cancellation);
        Assert.IsFalse(same.Stderr.ToString().Contains("Otlp (", StringComparison.Ordinal), same.Stderr.ToString());
        await using var other = await OtlpHost.StartAsync(_folder.Path, "http://user:secret@127.0.0.1:10", Cancellation);
        StringAssert.Contains(other.Stderr.ToString(), "Otlp (http://127.0.0.1:10/v1/logs)", StringComparison.Ordinal);
    }
}
