using System.Text.Json.Nodes;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.EndToEnd;

/// <summary>The program without the native library of SQLite, as if it was published for another system.</summary>
[TestClass]
public sealed class NativeLibraryTests
{
    private const string Library = "e_sqlite3";

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    [Timeout(180_000, CooperativeCancellation = true)]
    public async Task Its_files_are_written_the_fault_is_reported_as_permanent_and_it_ends_well()
    {
        var program = Publish();
        await using (var web = new ChildProcess(
            program, _folder.Path, "--urls=http://127.0.0.1:0", "--environment=Development", "--Logging:Zotify:ShutdownTimeout=00:00:20"))
        {
            while (!(await web.ReadLineAsync(Cancellation)).StartsWith("Sign in once", StringComparison.Ordinal))
            {
            }

            await web.TerminateAsync(Cancellation);
            var (exitCode, _, error) = await web.EndAsync(Cancellation);
            Assert.AreEqual(0, exitCode, error);
            Assert.Contains("Audit: permanent: The journal audit.log.json cannot be projected until somebody fixes this", error);
            Assert.Contains("The native library of SQLite (e_sqlite3) cannot be loaded", error);
            Assert.DoesNotContain("   at ", error, "no stack trace");
        }

        Assert.Contains("audit.stopped", await File.ReadAllTextAsync(_folder.PathOf("logs/audit.log.json"), Cancellation));
        Assert.IsEmpty(Directory.GetFiles(_folder.PathOf("logs"), "*.db*"));

        await using var command = new ChildProcess(program, _folder.Path, "database", "catch-up");
        var (failed, _, why) = await command.EndAsync(Cancellation);
        Assert.AreEqual(1, failed, why);
        Assert.Contains("The native library of SQLite (e_sqlite3) cannot be loaded", why);
    }

    /// <summary>Copies the program's files without the library, and removes the library from the program's list of files. Returns the program.</summary>
    private string Publish()
    {
        var source = Path.GetDirectoryName(WebProcess.Program)!;
        var target = _folder.PathOf("program");
        foreach (var path in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            var isManaged = path.EndsWith(".dll", StringComparison.Ordinal);
            if (Path.GetFileName(path).Contains(Library, StringComparison.Ordinal) && !isManaged) continue;
            var copy = Path.Combine(target, Path.GetRelativePath(source, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }

        var program = Path.Combine(target, Path.GetFileName(WebProcess.Program));
        var list = Path.ChangeExtension(program, ".deps.json");
        var files = JsonNode.Parse(File.ReadAllText(list))!;
        foreach (var package in files["targets"]!.AsObject().SelectMany(system => system.Value!.AsObject()))
        {
            if (!package.Key.StartsWith($"SQLitePCLRaw.lib.{Library}", StringComparison.Ordinal)) continue;
            package.Value!.AsObject().Remove("runtimeTargets");
            package.Value!.AsObject().Remove("native");
        }

        File.WriteAllText(list, files.ToJsonString());
        return program;
    }
}
