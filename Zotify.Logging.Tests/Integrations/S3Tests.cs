using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>Rolled segments are in the bucket before retention deletes them.</summary>
[TestClass]
public sealed class S3Tests : S3Fixture
{
    private const string Section = "Logging:Zotify:S3:";

    [TestMethod]
    public async Task Every_rolled_segment_is_in_the_bucket_byte_for_byte_before_it_is_deleted()
    {
        await using var server = await ServerAsync();
        server.Fails = HttpStatusCode.ServiceUnavailable;
        await using var host = await HostAsync(server, ("Logging:Zotify:Handlers:Audit:RetainedSize", "2097152"));
        await LogAsync(host, 6_000);
        await host.UntilAsync(target => target.Failure is not null, Cancellation);
        var rolled = Rolled();
        Assert.IsGreaterThan(4, rolled.Length, "retention waits");
        Assert.AreEqual(0, host.Target().Sent);

        server.Fails = null;
        await host.UntilAsync(target => target is { Failure: null, Behind: 0, Sent: > 0 }, Cancellation);
        foreach (var (name, bytes) in rolled) CollectionAssert.AreEqual(bytes, Stored(server, name), name);
        await LogAsync(host, 1_000);
        while (RolledPaths().Length >= rolled.Length)
        {
            host.Logger.LogInformation(ShippingHost.Login, "{Text}", Text);
            await host.Service.FlushAsync(FlushTo.Disk, Cancellation);
        }
    }

    [TestMethod]
    public async Task A_restart_stores_no_segment_again_and_a_segment_that_is_missing_is_stored()
    {
        await using var server = await ServerAsync();
        await using (var host = await HostAsync(server))
        {
            await LogAsync(host, 3_000);
            await host.UntilAsync(target => target is { Sent: > 0, Behind: 0 }, Cancellation);
        }

        var stored = server.Stored;
        Assert.AreEqual(server.Keys.Length, stored);
        await using (var host = await HostAsync(server)) await LogAsync(host, 10);
        Assert.AreEqual(stored, server.Stored);

        File.Delete(server.PathOf(server.Keys[0]));
        await using (var host = await HostAsync(server)) await host.UntilAsync(target => target.Sent > 0, Cancellation);
        Assert.AreEqual(stored + 1, server.Stored);
        Assert.HasCount(stored, server.Keys);
    }

    [TestMethod]
    [Timeout(180_000, CooperativeCancellation = true)]
    public async Task What_waits_is_counted_while_the_storage_is_away_also_from_the_start_and_as_it_grows()
    {
        await using var server = await ServerAsync();
        await using (var host = await HostAsync(server))
        {
            await LogAsync(host, 2_000);
            await host.UntilAsync(target => target is { Sent: > 0, Behind: 0 }, Cancellation);
            var stored = LastRolled();
            server.Fails = HttpStatusCode.ServiceUnavailable;
            await LogAsync(host, 2_000);
            Assert.IsGreaterThan(stored, LastRolled());
            await host.UntilAsync(target => target.Failure is not null && target.Behind == LastRolled() - stored, Cancellation);
        }

        await using (var host = await HostAsync(server))
        {
            // The archive was not asked yet, or does not answer: nobody knows what it has.
            Assert.AreEqual(LastRolled(), host.Target().Behind);
            await host.UntilAsync(target => target.Failure is not null, Cancellation);
            Assert.AreEqual(LastRolled(), host.Target().Behind);
            // What is not on the disk does not wait.
            var oldest = RolledPaths().Order(StringComparer.Ordinal).First();
            var gone = Segment.Rolled(Folder.PathOf("logs/audit.log.json"))[1].FirstSeq - 1;
            File.Delete(oldest);
            await host.UntilAsync(target => target.Behind == LastRolled() - gone, Cancellation);
            server.Fails = null;
            await host.UntilAsync(target => target is { Failure: null, Behind: 0 }, Cancellation);
        }
    }

    [TestMethod]
    public async Task A_refusal_is_permanent_and_its_reason_is_in_the_state()
    {
        await using var server = await ServerAsync();
        server.Fails = HttpStatusCode.Forbidden;
        await using var host = await HostAsync(server);
        await LogAsync(host, 3_000);
        await host.UntilAsync(target => target.FailureIsPermanent, Cancellation);
        StringAssert.Contains(host.Target().Failure, S3Server.Bucket, StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("Bucket", null, "the bucket is missing")]
    [DataRow("ServiceUrl", "ftp://x", "'ftp://x/'")]
    [DataRow("Prefix", "/a", "'/a'")]
    [DataRow("Timeout", "00:00:00", "'00:00:00'")]
    public void Options_that_are_not_valid_fail_the_start_and_name_the_key(string key, string? value, string part)
    {
        var settings = new Dictionary<string, string?> { [Section + "Bucket"] = "b", [Section + key] = value };
        var refused = Assert.ThrowsExactly<OptionsValidationException>(() => _ = ShippingHost.Build(
            Folder.Path, logging => logging.AddZotifyS3(), settings.Select(setting => (setting.Key, setting.Value))).Service);
        StringAssert.Contains(refused.Message, Section + key, StringComparison.Ordinal);
        StringAssert.Contains(refused.Message, part, StringComparison.Ordinal);
    }

    /// <summary>The number of the last line of the rolled segments.</summary>
    private long LastRolled() => Segment.All(Folder.PathOf("logs/audit.log.json"))[^1].FirstSeq - 1;

    private string[] RolledPaths() => Directory.GetFiles(Folder.PathOf("logs"), "audit.log.0*.json");

    /// <summary>The rolled segments, while retention deletes none.</summary>
    private (string Name, byte[] Bytes)[] Rolled() =>
        [.. RolledPaths().Order(StringComparer.Ordinal).Select(path => (Path.GetFileName(path), File.ReadAllBytes(path)))];

    private static byte[] Stored(S3Server server, string name) =>
        Decompressed(server.PathOf(server.Keys.Single(key => key.EndsWith($"/{name}.zst", StringComparison.Ordinal))));
}
