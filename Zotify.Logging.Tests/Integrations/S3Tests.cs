using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Web.Commands;
using ZstdSharp;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>Rolled segments are in the bucket before retention deletes them, and can be proven from there.</summary>
[TestClass]
public sealed class S3Tests
{
    private const string Section = "Logging:Zotify:S3:";
    private static readonly string Text = new('x', 2_000);

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

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
            var gone = Segment.Rolled(_folder.PathOf("logs/audit.log.json"))[1].FirstSeq - 1;
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
    public async Task The_archive_is_proven_by_the_command()
    {
        await using var server = await ServerAsync();
        await using (var host = await HostAsync(server))
        {
            await LogAsync(host, 3_000);
            await host.UntilAsync(target => target is { Sent: > 0, Behind: 0 }, Cancellation);
        }

        var (exitCode, output, error) = await VerifyAsync(server);
        Assert.AreEqual("", error);
        Assert.AreEqual(0, exitCode, output);
        StringAssert.StartsWith(output, $"VALID  s3://{S3Server.Bucket}/shop/", StringComparison.Ordinal);
        StringAssert.Contains(output, "the beginning of the log", StringComparison.Ordinal);

        var key = server.Keys[0];
        var changed = Encoding.UTF8.GetString(Decompressed(server.PathOf(key))).Replace("u1", "u2", StringComparison.Ordinal);
        using (var compressor = new Compressor())
            await File.WriteAllBytesAsync(server.PathOf(key), compressor.Wrap(Encoding.UTF8.GetBytes(changed)).ToArray(), Cancellation);
        (exitCode, output, _) = await VerifyAsync(server);
        Assert.AreEqual(1, exitCode);
        StringAssert.StartsWith(output, "BROKEN", StringComparison.Ordinal);

        await File.WriteAllTextAsync(server.PathOf(key), "nonsense", Cancellation);
        (exitCode, _, error) = await VerifyAsync(server);
        Assert.AreEqual(2, exitCode);
        StringAssert.Contains(error, key, StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Copies_of_an_archive_are_proven_one_by_one_and_each_is_named_by_its_address()
    {
        await using var server = await ServerAsync();
        await using (var host = await HostAsync(server))
        {
            await LogAsync(host, 3_000);
            await host.UntilAsync(target => target is { Sent: > 0, Behind: 0 }, Cancellation);
        }

        string[] keys = [.. server.Keys.Where(key => key.Contains("/audit.log.", StringComparison.Ordinal))];
        var journal = keys[0].Split('/')[1];
        foreach (var key in keys) File.Copy(server.PathOf(key), server.PathOf($"shop/copy/{key}"));
        // The copy lacks its last segment, which its own files do not show: only the end that is printed does.
        File.Delete(server.PathOf($"shop/copy/{keys[^1]}"));
        var (exitCode, output, error) = await VerifyAsync(server);
        Assert.AreEqual(("", 0), (error, exitCode), output);
        string[] lines = output.Split('\n', StringSplitOptions.TrimEntries);
        CollectionAssert.AreEquivalent(
            (string[])[$"VALID  s3://{S3Server.Bucket}/shop/{journal}/", $"VALID  s3://{S3Server.Bucket}/shop/copy/shop/{journal}/"],
            lines.Where(line => line.StartsWith("VALID", StringComparison.Ordinal)).ToArray());
        string[] ends = [.. lines.Where(line => line.StartsWith("end ", StringComparison.Ordinal))];
        Assert.HasCount(2, ends);
        StringAssert.Contains(ends[0], "not proven", StringComparison.Ordinal);
        Assert.AreNotEqual(ends[0], ends[1]);

        (exitCode, output, _) = await VerifyAsync(server, $"s3://{S3Server.Bucket}/shop/{journal}");
        Assert.AreEqual(0, exitCode, output);
        StringAssert.StartsWith(output, $"VALID  s3://{S3Server.Bucket}/shop/{journal}/{Environment.NewLine}", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task An_archive_that_is_empty_or_away_proves_nothing()
    {
        await using var server = await ServerAsync();
        var (exitCode, _, error) = await VerifyAsync(server);
        Assert.AreEqual(2, exitCode);
        StringAssert.Contains(error, "holds no audit log", StringComparison.Ordinal);
        server.Fails = HttpStatusCode.Forbidden;
        (exitCode, _, error) = await VerifyAsync(server);
        Assert.AreEqual(2, exitCode);
        StringAssert.Contains(error, S3Server.Bucket, StringComparison.Ordinal);
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
            _folder.Path, logging => logging.AddZotifyS3(), settings.Select(setting => (setting.Key, setting.Value))).Service);
        StringAssert.Contains(refused.Message, Section + key, StringComparison.Ordinal);
        StringAssert.Contains(refused.Message, part, StringComparison.Ordinal);
    }

    private Task<S3Server> ServerAsync() => S3Server.StartAsync(_folder.PathOf("objects"));

    private Task<ShippingHost> HostAsync(S3Server server, params (string Key, string? Value)[] settings) => ShippingHost.Build(
        _folder.Path,
        logging => logging.AddZotifyS3(),
        [
            .. S3Server.SettingsFor(server.Address), .. settings,
            ("Logging:Zotify:Database:Provider", "None"), ("Logging:Zotify:Handlers:Audit:MaxFileSize", "1048576"),
        ]).StartAsync(Cancellation);

    private async Task LogAsync(ShippingHost host, int count)
    {
        for (var n = 0; n < count; n++) host.Logger.LogInformation(ShippingHost.Login, "{user_id} {Text}", "u1", Text);
        await host.Service.FlushAsync(FlushTo.Disk, Cancellation);
    }

    /// <summary>The number of the last line of the rolled segments.</summary>
    private long LastRolled() => Segment.All(_folder.PathOf("logs/audit.log.json"))[^1].FirstSeq - 1;

    private string[] RolledPaths() => Directory.GetFiles(_folder.PathOf("logs"), "audit.log.0*.json");

    /// <summary>The rolled segments, while retention deletes none.</summary>
    private (string Name, byte[] Bytes)[] Rolled() =>
        [.. RolledPaths().Order(StringComparer.Ordinal).Select(path => (Path.GetFileName(path), File.ReadAllBytes(path)))];

    private static byte[] Stored(S3Server server, string name) =>
        Decompressed(server.PathOf(server.Keys.Single(key => key.EndsWith($"/{name}.zst", StringComparison.Ordinal))));

    private static byte[] Decompressed(string path)
    {
        using var file = File.OpenRead(path);
        using var zstd = new DecompressionStream(file);
        using var bytes = new MemoryStream();
        zstd.CopyTo(bytes);
        return bytes.ToArray();
    }

    private async Task<(int ExitCode, string Output, string Error)> VerifyAsync(
        S3Server server, string address = $"s3://{S3Server.Bucket}/shop")
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] arguments =
        [
            "audit", "verify", address, $"--contentRoot={_folder.Path}",
            .. S3Server.SettingsFor(server.Address).Select(setting => $"--{setting.Key}={setting.Value}"),
        ];
        var exitCode = await CommandLine.RunAsync(arguments, _ => throw new InvalidOperationException("It serves."), output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
