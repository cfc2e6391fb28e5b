using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Support;
using ZstdSharp;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>A host that stores its rolled segments in a bucket.</summary>
public abstract class S3Fixture
{
    private protected static string Text { get; } = new('x', 2_000);

    public required TestContext TestContext { get; set; }

    private protected TemporaryFolder Folder { get; } = new();

    private protected CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void CleanUp() => Folder.Dispose();

    private protected Task<S3Server> ServerAsync() => S3Server.StartAsync(Folder.PathOf("objects"));

    private protected Task<ShippingHost> HostAsync(S3Server server, params (string Key, string? Value)[] settings) => ShippingHost.Build(
        Folder.Path,
        logging => logging.AddZotifyS3(),
        [
            .. S3Server.SettingsFor(server.Address), .. settings,
            ("Logging:Zotify:Database:Provider", "None"), ("Logging:Zotify:Handlers:Audit:MaxFileSize", "1048576"),
        ]).StartAsync(Cancellation);

    private protected async Task LogAsync(ShippingHost host, int count)
    {
        for (var n = 0; n < count; n++) host.Logger.LogInformation(ShippingHost.Login, "{user_id} {Text}", "u1", Text);
        await host.Service.FlushAsync(FlushTo.Disk, Cancellation);
    }

    private protected static byte[] Decompressed(string path)
    {
        using var file = File.OpenRead(path);
        using var zstd = new DecompressionStream(file);
        using var bytes = new MemoryStream();
        zstd.CopyTo(bytes);
        return bytes.ToArray();
    }
}
