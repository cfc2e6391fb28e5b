using System.ComponentModel;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Deployment;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Packages;

/// <summary>
/// Clients that others' generators make from the API description compile, and read what the API answers. Where a package cannot be fetched
/// the test is skipped.
/// </summary>
[TestClass]
public sealed class GeneratedClientTests
{
    private const int TestTimeout = 300_000;

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task NSwag_and_Kiota_make_clients_that_read_the_logs()
    {
        await using var server = await StartAsync();
        await InstallAsync("nswag.consolecore", "14.7.1");
        await InstallAsync("microsoft.openapi.kiota", "1.38.0");
        await RunAsync("nswag", "openapi2csclient", "/input:openapi.json", "/output:ByNSwag.cs", "/namespace:ByNSwag", "/classname:LogsClient");
        await RunAsync(
            "kiota", "generate", "--language", "CSharp", "--openapi", "openapi.json", "--output", "ByKiota", "--class-name", "LogsClient",
            "--namespace-name", "ByKiota");
        Copy("Client.csproj");
        Copy("Program.cs");
        await Tool.RunAsync(_folder.Path, Cancellation, "build", "Client.csproj", "--output", "out");

        await using var client = new ChildProcess(_folder.PathOf("out/Client.dll"), _folder.Path, server.Url, TestServer.AllKey);
        var (exitCode, output, error) = await client.EndAsync(Cancellation);

        Assert.AreEqual(0, exitCode, error);
        // Each names the values of enums in its own way.
        CollectionAssert.AreEqual(
            new[] { "1 a|2 a|3 a completed 1 valid 3", "1 a|2 a|3 a completed 1 valid 3" },
            output.ToLowerInvariant().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task Openapi_typescript_makes_types_that_fit()
    {
        await using var server = await StartAsync();
        Copy("use.ts");
        await NpmAsync("install", "--no-audit", "--no-fund", "--no-save", "openapi-typescript@7", "typescript@5");
        await NpmAsync("exec", "--", "openapi-typescript", "openapi.json", "--output", "api.d.ts");
        await NpmAsync("exec", "--", "tsc", "--noEmit", "--strict", "--skipLibCheck", "use.ts");
    }

    /// <summary>A server with three events and a job, and its description in the folder.</summary>
    private async Task<TestServer> StartAsync()
    {
        var server = await new TestServer { Settings = [TestServer.WithoutRequests] }.StartAsync(Cancellation);
        var logger = server.Logger("Tests");
        using (logger.BeginScope(new Dictionary<string, object> { ["user_id"] = "u1" }))
        {
            for (var i = 1; i <= 3; i++) logger.LogInformation(new EventId(1, "user.test"), "{Number} {Kind}", i, "a");
        }

        logger.LogInformation(new EventId(2, "job.completed"), "Done with {job_id}", "a job");
        await server.FlushAsync(Cancellation);
        using var client = server.Client();
        await File.WriteAllTextAsync(_folder.PathOf("openapi.json"), await client.GetStringAsync("/openapi/v1.json", Cancellation), Cancellation);
        return server;
    }

    private Task<string> InstallAsync(string tool, string version) => Tool.RunAsync(
        _folder.Path, Cancellation, "tool", "install", tool, "--version", version, "--tool-path", _folder.PathOf("tools"));

    private async Task RunAsync(string tool, params string[] arguments)
    {
        await using var process = ChildProcess.OfNative(_folder.PathOf($"tools/{tool}"), _folder.Path, arguments);
        var (exitCode, output, error) = await process.EndAsync(Cancellation);
        Assert.AreEqual(0, exitCode, $"{tool} {string.Join(' ', arguments)}\n{output}{error}");
    }

    private void Copy(string name) =>
        File.Copy(Path.Combine(Repository.Root, "Zotify.Logging.Tests/Packages/GeneratedClients", name), _folder.PathOf(name));

    private async Task NpmAsync(params string[] arguments)
    {
        try
        {
            await using var npm = ChildProcess.OfNative("npm", _folder.Path, arguments);
            var (exitCode, output, error) = await npm.EndAsync(Cancellation);
            if (exitCode != 0 && error.Contains("npm error network", StringComparison.Ordinal))
                Assert.Inconclusive($"No registry answers: {error}");
            Assert.AreEqual(0, exitCode, $"npm {string.Join(' ', arguments)}\n{output}{error}");
        }
        catch (Win32Exception exception)
        {
            Assert.Inconclusive($"npm is not installed: {exception.Message}");
        }
    }
}
