using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Deployment;

/// <summary>Checks of the image that do not need to build it. Its steps were run by hand.</summary>
[TestClass]
public sealed partial class DockerfileTests
{
    private static readonly string[] Lines = Repository.Read("Dockerfile").Split('\n');

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public void It_runs_as_a_user_without_rights()
    {
        var user = Array.IndexOf(Lines, "USER $APP_UID");
        Assert.IsGreaterThan(
            Array.FindLastIndex(Lines, line => line.StartsWith("RUN ", StringComparison.Ordinal)), user, "nothing needs rights after it");
        Assert.StartsWith("ENTRYPOINT ", Lines.Last(line => line.Length > 0));
    }

    [TestMethod]
    public void Copied_paths_exist_and_are_not_ignored()
    {
        var ignored = Repository.Read(".dockerignore").Split('\n');
        foreach (var source in Lines.Where(
            line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[1..^1]))
        {
            Assert.IsTrue(Path.Exists(Repository.PathOf(source)), source);
            Assert.DoesNotContain(source.TrimEnd('/'), ignored);
        }
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task The_health_check_distinguishes_a_ready_program_from_a_missing_one()
    {
        await using (var server = await new TestServer().StartAsync(TestContext.CancellationToken))
            Assert.AreEqual(0, await RunCheckAsync(new Uri(server.Url).Port));
        // A port that is taken, so that no other test's program gets it, and where nobody listens.
        using var silent = new Socket(SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Assert.AreNotEqual(0, await RunCheckAsync(((IPEndPoint)silent.LocalEndPoint!).Port));
    }

    private async Task<int> RunCheckAsync(int port)
    {
        var check = Lines.Single(line => line.StartsWith("HEALTHCHECK ", StringComparison.Ordinal));
        var command = JsonSerializer.Deserialize<string[]>(Command().Match(check).Value)!;
        var start = new ProcessStartInfo(
            command[0],
            command[1..]
                .Select(argument => argument.Replace("8080", $"{port}", StringComparison.Ordinal))) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(TestContext.CancellationToken);
        return process.ExitCode;
    }

    [GeneratedRegex(@"\[""bash"".*\]$")]
    private static partial Regex Command();
}
