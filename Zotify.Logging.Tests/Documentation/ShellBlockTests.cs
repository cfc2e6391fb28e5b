using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Zotify.Logging.Tests.Deployment;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Documentation;

/// <summary>
/// The commands of the documents run: the blocks of a document one after the other in one shell, against the program as a process. What
/// cannot run here is listed in <c>Shell.sh</c>, with the reason.
/// </summary>
[TestClass]
[OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
public sealed partial class ShellBlockTests
{
    // A safety net: all of it takes some seconds.
    private const int TestTimeout = 300_000;
    private const string Key = "the key";

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    /// <summary>The guides with commands.</summary>
    public static IEnumerable<string> WithCommands => Documents.Blocks("sh").Select(block => block.Document).Distinct();

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task The_commands_of_the_guides_succeed()
    {
        await using var program = Start(
            "--Zotify:Access:ApiKeys:0:Name=ops", $"--Zotify:Access:ApiKeys:0:Sha256={Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Key)))}",
            "--Zotify:Access:ApiKeys:0:Scopes:0=logs:system", "--Zotify:Access:ApiKeys:0:Scopes:1=logs:audit",
            "--Zotify:Access:ApiKeys:0:Scopes:2=logs:jobs", "--Zotify:Access:ApiKeys:0:Scopes:3=logs:admin");
        var address = await LineAfterAsync(program, "Now listening on: ");
        foreach (var document in WithCommands.Where(document => document != Tour)) await RunAsync(document, address, "");
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task The_commands_of_the_tour_succeed()
    {
        await using var program = Start();
        var link = await LineAfterAsync(program, "Sign in once with this link: ");
        await RunAsync(Tour, new Uri(link).GetLeftPart(UriPartial.Authority), link);
    }

    private const string Tour = "docs/getting-started.md";

    private ChildProcess Start(params string[] settings) => new(
        WebProcess.Program, Directory.CreateDirectory(_folder.PathOf("Zotify.Logging.Web")).FullName,
        ["--urls=http://127.0.0.1:0", "--environment=Development", .. settings]);

    private async Task<string> LineAfterAsync(ChildProcess program, string prefix)
    {
        while (true)
        {
            var line = await program.ReadLineAsync(Cancellation);
            if (line.IndexOf(prefix, StringComparison.Ordinal) is >= 0 and var at) return line[(at + prefix.Length)..].Trim();
        }
    }

    /// <summary>Runs all blocks of a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="address">The address of the program.</param>
    /// <param name="input">What the reader pastes.</param>
    private async Task RunAsync(string document, string address, string input)
    {
        var script = new StringBuilder(Repository.Read("Zotify.Logging.Tests/Documentation/Shell.sh"));
        foreach (var block in Documents.BlocksOf(document).Where(block => block.Language == "sh"))
            script.Append('\n').Append(Placed(block.Text, address));
        var file = _folder.PathOf("script.sh");
        await File.WriteAllTextAsync(file, script.ToString(), Cancellation);
        File.Copy(Repository.PathOf(".env.example"), _folder.PathOf(".env.example"), overwrite: true);
        var start = new ProcessStartInfo("bash", [file])
        {
            WorkingDirectory = _folder.Path, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["ROOT"] = _folder.Path;
        start.Environment["SERVED"] = Directory.CreateDirectory(_folder.PathOf("served")).FullName;
        start.Environment["PROGRAM"] = WebProcess.Program;
        start.Environment["LOGS"] = address;
        start.Environment["KEY"] = Key;
        using var shell = Process.Start(start)!;
        try
        {
            await WriteAsync(shell.StandardInput, input);
            var error = shell.StandardError.ReadToEndAsync(Cancellation);
            var output = await shell.StandardOutput.ReadToEndAsync(Cancellation);
            await shell.WaitForExitAsync(Cancellation);
            Assert.AreEqual(0, shell.ExitCode, $"{document}\n{await error}\n{output}");
        }
        finally
        {
            if (!shell.HasExited) shell.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Writes what the reader pastes. A script that reads nothing may have ended already.</summary>
    private async Task WriteAsync(StreamWriter shell, string input)
    {
        try
        {
            await shell.WriteLineAsync(input.AsMemory(), Cancellation);
            shell.Close();
        }
        catch (IOException)
        {
            // Its exit code tells whether it did what it should.
        }
    }

    /// <summary>The commands with this machine's places for those of the reader.</summary>
    private string Placed(string commands, string address) =>
        Address().Replace(commands, address).Replace("/var/lib/shop", _folder.PathOf("served"), StringComparison.Ordinal);

    [GeneratedRegex(@"http://localhost:5080(?=\s)")]
    private static partial Regex Address();
}
