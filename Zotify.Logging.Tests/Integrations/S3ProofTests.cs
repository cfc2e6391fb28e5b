using System.Net;
using System.Text;
using Zotify.Logging.Web.Commands;
using ZstdSharp;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>Segments in the bucket are proven from there by the command.</summary>
[TestClass]
public sealed class S3ProofTests : S3Fixture
{
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

    private async Task<(int ExitCode, string Output, string Error)> VerifyAsync(
        S3Server server, string address = $"s3://{S3Server.Bucket}/shop")
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] arguments =
        [
            "audit", "verify", address, $"--contentRoot={Folder.Path}",
            .. S3Server.SettingsFor(server.Address).Select(setting => $"--{setting.Key}={setting.Value}"),
        ];
        var exitCode = await CommandLine.RunAsync(arguments, _ => throw new InvalidOperationException("It serves."), output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
