using System.Net;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Commands;

/// <summary>The command line of the program as a separate process.</summary>
[TestClass]
public sealed class CommandLineTests
{
    private readonly WebProcess _program = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public async Task CleanUpAsync() => await _program.DisposeAsync();

    [TestMethod]
    [DataRow("Commands:", "--help")]
    [DataRow("--Logging:Zotify:Directory=", "-h")]
    [DataRow("new", "key", "--help")]
    [DataRow("--scopes", "key", "new", "--help")]
    [DataRow("verify", "audit", "--help")]
    [DataRow("<path>", "audit", "verify", "--help")]
    [DataRow("migrate", "database", "--help")]
    [DataRow("Usage:", "--urls=http://127.0.0.1:0", "database", "--Logging:Zotify:Directory=elsewhere", "script", "--help")]
    public async Task Help_is_everywhere_and_starts_nothing(string shown, params string[] arguments)
    {
        var (exitCode, output, error) = await _program.RunAsync(Cancellation, arguments);
        Assert.AreEqual((0, ""), (exitCode, error));
        StringAssert.Contains(output, shown, StringComparison.Ordinal);
        Assert.IsEmpty(Directory.GetFileSystemEntries(_program.PathOf("")));
    }

    [TestMethod]
    [DataRow("audt", "audt", "verify")]
    [DataRow("--demo", "--demo")]
    [DataRow("--Loging:Zotify:Directory=x", "--Loging:Zotify:Directory=x")]
    [DataRow("--url=http://127.0.0.1:0", "--url=http://127.0.0.1:0")]
    [DataRow("--verbose", "database", "migrate", "--verbose")]
    [DataRow("--scopes", "key", "new", "--name", "ops")]
    [DataRow("--urls: a value is expected", "--urls")]
    [DataRow("serve", "serve", "--urls=http://127.0.0.1:0")]
    public async Task Unknown_arguments_are_reported_on_stderr_and_start_nothing(string named, params string[] arguments)
    {
        var (exitCode, output, error) = await _program.RunAsync(Cancellation, arguments);
        Assert.AreEqual((2, ""), (exitCode, output));
        StringAssert.Contains(error, named, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.IsEmpty(Directory.GetFileSystemEntries(_program.PathOf("")));
    }

    [TestMethod]
    [DataRow("--urls=http://127.0.0.1:0", "--Logging:Zotify:Directory=elsewhere", "--environment=Development")]
    [DataRow("--urls", "http://127.0.0.1:0", "--logging:zotify:directory", "elsewhere", "--Environment", "Development")]
    [DataRow("urls=http://127.0.0.1:0", "/Logging:Zotify:Directory=elsewhere", "environment=Development")]
    public async Task Settings_are_in_the_configuration_of_the_program_however_they_are_written(params string[] arguments)
    {
        _program.StartWith(arguments);
        var link = await _program.SignInLinkAsync(Cancellation);
        using var client = new HttpClient();
        using var answer = await client.GetAsync(link, Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
        Assert.IsTrue(File.Exists(_program.PathOf("elsewhere/zotify_api.log")));
        await _program.TerminateAsync(Cancellation);
        Assert.AreEqual((0, ""), await _program.EndAsync(Cancellation));
    }

    [TestMethod]
    public async Task Settings_are_in_the_configuration_of_a_command_in_any_order()
    {
        var (exitCode, _, error) = await _program.RunAsync(
            Cancellation, "--Logging:Zotify:Database:ConnectionString", "Data Source=made.db", "database", "--environment=Production",
            "migrate");
        Assert.AreEqual((0, ""), (exitCode, error));
        Assert.IsTrue(File.Exists(_program.PathOf("logs/made.db")));
    }
}
