using System.Net;
using System.Runtime.Versioning;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.EndToEnd;

/// <summary>Who can read what a real process writes, whatever its umask is.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
[UnsupportedOSPlatform("windows")]
public sealed class PermissionTests
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Files = Owner | UnixFileMode.GroupRead;
    private const UnixFileMode Folders = Files | UnixFileMode.UserExecute | UnixFileMode.GroupExecute;

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public async Task Everybody_else_is_kept_out_where_the_umask_would_let_them_in()
    {
        await RunAsync("000", "var/logs");
        var (files, folders) = Modes("var");
        AssertAll(Files, files);
        AssertAll(Folders, folders);
        foreach (var name in new[]
        {
            "zotify.lock", "zotify.owner", "zotify_api.log", "zotify_api.000001.log", "audit.log.json", "audit.log.json.id",
            "job_logs.json", "job_logs.json.id",
            "audit.log.00000000000000000001.json", "zotify.db", "zotify.db-wal", "zotify.db-shm",
        })
        {
            Assert.Contains(name, files.Keys);
        }
    }

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public async Task Nothing_that_the_web_project_makes_can_be_read_by_everybody()
    {
        await using var web = ChildProcess.Through(
            ["sh", "-c", "umask 000; exec \"$@\"", "sh"], WebProcess.Program, _folder.Path,
            "--urls=http://127.0.0.1:0", "--environment=Development", "--Zotify:Demo:Source=source");
        Directory.CreateDirectory(_folder.PathOf("source"));
        File.SetUnixFileMode(_folder.PathOf("source"), Folders);
        await File.WriteAllTextAsync(_folder.PathOf("source/track"), "a track of the sample work", Cancellation);
        File.SetUnixFileMode(_folder.PathOf("source/track"), Files);
        var line = await web.ReadLineAsync(Cancellation);
        while (!line.StartsWith("Sign in once", StringComparison.Ordinal)) line = await web.ReadLineAsync(Cancellation);
        using var client = new HttpClient();
        var link = new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..]);
        (await client.GetAsync(link, Cancellation)).Dispose();
        using var origin = new HttpRequestMessage(HttpMethod.Post, new Uri(link, "/api/demo/sync"));
        origin.Headers.Add("Origin", link.GetLeftPart(UriPartial.Authority));
        using var started = await client.SendAsync(origin, Cancellation);
        Assert.AreEqual(HttpStatusCode.Accepted, started.StatusCode);
        while (!Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Any(IsCached))
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);

        // Not before it is gone: a file that it makes may have another name a moment later.
        await web.KillAsync(Cancellation);
        var readable = Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories)
            .Where(path => (File.GetUnixFileMode(path) & ~Folders) != 0)
            .Select(path => $"{path}: {File.GetUnixFileMode(path)}");
        Assert.AreEqual("", string.Join('\n', readable));
    }

    private bool IsCached(string path) =>
        Path.GetFileName(path).Length == 64 && !path.StartsWith(_folder.PathOf("logs"), StringComparison.Ordinal);

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public async Task The_group_is_kept_out_where_the_umask_keeps_it_out()
    {
        await RunAsync("077", "var/logs");
        AssertAll(Owner, Modes("var").Files);
        AssertAll(Owner | UnixFileMode.UserExecute, Modes("var").Folders);
    }

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public async Task Readable_files_of_an_older_version_are_restricted_and_other_files_are_not()
    {
        await RunAsync("022", "logs");
        foreach (var path in Directory.GetFiles(_folder.PathOf("logs")))
            File.SetUnixFileMode(path, Files | UnixFileMode.OtherRead | UnixFileMode.GroupWrite);
        File.WriteAllText(_folder.PathOf("logs/notes.txt"), "");
        File.SetUnixFileMode(_folder.PathOf("logs/notes.txt"), Files | UnixFileMode.OtherRead);
        await RunAsync("022", "logs");
        var files = Modes("logs").Files;
        Assert.IsTrue(files.Remove("notes.txt", out var notes));
        Assert.AreEqual(Files | UnixFileMode.OtherRead, notes);
        AssertAll(Files, files);
    }

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public async Task A_directory_that_the_operator_links_elsewhere_works()
    {
        Directory.CreateDirectory(_folder.PathOf("disk"));
        File.CreateSymbolicLink(_folder.PathOf("logs"), _folder.PathOf("disk"));
        await RunAsync("022", "logs");
        Assert.Contains("audit.log.json", Modes("disk").Files.Keys);
        AssertAll(Files, Modes("disk").Files);
        Assert.IsNotNull(new FileInfo(_folder.PathOf("logs")).LinkTarget);
    }

    /// <summary>Logs to all handlers, rolls each file, and is killed, so that nothing is cleaned up.</summary>
    private async Task RunAsync(string umask, string directory)
    {
        await using var application = ChildProcess.RunThrough<Application>(
            ["sh", "-c", $"umask {umask}; exec \"$@\"", "sh"],
            _folder.Path,
            $"--Logging:Zotify:Directory={directory}",
            "--Logging:Zotify:Handlers:System:MaxFileSize=1024",
            "--Logging:Zotify:Handlers:Audit:MaxFileSize=1024");
        Assert.AreEqual(Application.Started, await application.ReadLineAsync(Cancellation));
        foreach (var line in new[] { "count 0 40", "audit a", "audit b", "audit c", "audit d", "job j1 job.started", "project" })
        {
            await application.WriteLineAsync(line, Cancellation);
            Assert.AreEqual(Application.Logged, await application.ReadLineAsync(Cancellation));
        }

        await application.KillAsync(Cancellation);
    }

    private (Dictionary<string, UnixFileMode> Files, Dictionary<string, UnixFileMode> Folders) Modes(string folder) =>
        (Directory.GetFiles(_folder.PathOf(folder), "*", SearchOption.AllDirectories).ToDictionary(path => Path.GetFileName(path), File.GetUnixFileMode),
            Directory.GetDirectories(_folder.Path, folder).Concat(Directory.GetDirectories(_folder.PathOf(folder)))
                .ToDictionary(path => Path.GetFileName(path), File.GetUnixFileMode));

    private static void AssertAll(UnixFileMode expected, Dictionary<string, UnixFileMode> modes)
    {
        Assert.AreNotEqual(0, modes.Count);
        Assert.AreEqual("", string.Join(", ", modes.Where(mode => mode.Value != expected).Select(mode => $"{mode.Key}: {mode.Value}")));
    }
}
