using System.Net;
using System.Text.Json;
using Zotify.Logging.Tests.Deployment;
using Zotify.Logging.Tests.Documentation;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.Packages;

/// <summary>Applications as users start them: with a template of the SDK, a package of the feed, and the lines of the README.</summary>
[TestClass]
public sealed class TemplateTests
{
    // Builds are slow on a busy machine.
    private const int TestTimeout = 300_000;

    private static readonly string[] NotOfTheProvider = ["EntityFrameworkCore", "SqlClient", "Azure", "Microsoft.Identity"];

    private readonly TemporaryFolder _folder = new();
    private string _program = "Program.cs";
    private string? _work;

    public required TestContext TestContext { get; set; }

    private string Work => _work ?? _folder.Path;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task The_worker_of_the_README_logs_its_job()
    {
        await FollowAsync("dotnet new worker", "Importer");
        await WriteAsync("Importer/Worker.cs", "namespace Importer;");
        _program = "Importer/Program.cs";
        await InsertAsync("builder.Build()", "builder.Logging.AddZotify();", before: true);
        await Tool.RunAsync(Work, Cancellation, "build", "Importer", "--output", "out");
        await using var worker = new ChildProcess(PathOf("out/Importer.dll"), Work);
        var log = PathOf("logs/zotify_api.log");
        while (!File.Exists(log) || !LiveFile.Text(log).Contains("Import completed", StringComparison.Ordinal))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
        await worker.TerminateAsync(Cancellation);
        Assert.AreEqual(0, (await worker.EndAsync(Cancellation)).ExitCode);
        const string completed = "SELECT COUNT(*) FROM jobs WHERE status = 'completed' AND progress_done = 10 AND job_type = 'import'";
        Assert.AreEqual(1, DatabaseFile.Scalar(PathOf("logs/zotify.db"), completed));
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task The_web_application_of_the_README_serves_the_endpoints_and_the_page()
    {
        await FollowAsync("dotnet new webapi", "Shop");
        await WriteAsync("Shop/Program.cs", "var builder = WebApplication.CreateBuilder(args);");
        await Tool.RunAsync(Work, Cancellation, "build", "Shop", "--output", "out");
        await using var application = new ChildProcess(PathOf("out/Shop.dll"), Work, "--urls=http://127.0.0.1:0");
        using var client = new HttpClient { BaseAddress = await AddressAsync(application) };
        using var login = await client.PostAsync("/login/u42", null, Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, login.StatusCode);
        // On a busy machine, the event may take more than the moment that an answer waits for it.
        string events;
        do events = await client.GetStringAsync("/api/logs/audit?user_id=u42", Cancellation);
        while (events.Contains("\"complete\":false", StringComparison.Ordinal));
        var found = JsonElement.Parse(events).GetProperty("items")[0];
        Assert.AreEqual("user.login", found.GetProperty("event_type").GetString());
        using var handlers = JsonDocument.Parse(await client.GetStringAsync("/api/logs/handlers", Cancellation));
        Assert.AreEqual(3, handlers.RootElement.GetProperty("items").GetArrayLength());
        var lines = await client.GetStringAsync("/api/logs/system/stream?follow=false", Cancellation);
        StringAssert.Contains(lines, "Microsoft.Hosting.Lifetime", StringComparison.Ordinal);
        using var page = await client.GetAsync("/ops/logs/", Cancellation);
        Assert.AreEqual(HttpStatusCode.OK, page.StatusCode);
        StringAssert.Contains(await client.GetStringAsync("/ops/logs/files/v1/js/main.js", Cancellation), "import", StringComparison.Ordinal);
        await application.TerminateAsync(Cancellation);
        Assert.AreEqual(0, (await application.EndAsync(Cancellation)).ExitCode);
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task The_test_project_of_the_README_passes()
    {
        await FollowAsync("dotnet new mstest", "Shop.Tests");
        await WriteAsync("Shop.Tests/LoginTests.cs", "public sealed class LoginTests");
        StringAssert.Contains(await Tool.RunAsync(Work, Cancellation, "test", "Shop.Tests"), "Passed!", StringComparison.Ordinal);
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_published_web_application_is_little_larger_with_the_provider()
    {
        await NewAsync("web", PackageTests.Provider);
        await InsertAsync("builder.Build()", "builder.Logging.AddZotify();", before: true);
        var forOne = await AddedAsync("one", "--runtime", "linux-x64", "--no-self-contained");
        var forAll = await AddedAsync("all");
        TestContext.WriteLine($"The provider adds {forOne:0.0} MB for linux-x64, {forAll:0.0} MB for all machines.");
        Assert.IsLessThanOrEqualTo(4.0, forOne);
        Assert.IsLessThanOrEqualTo(36.0, forAll);
    }

    /// <summary>The size of a publish in MB without the application's own files: its size without the package.</summary>
    private async Task<double> AddedAsync(string output, params string[] arguments)
    {
        await Tool.RunAsync(Work, Cancellation, ["publish", "--output", output, .. arguments]);
        string[] own =
        [
            "App",
            "App.dll",
            "App.pdb",
            "App.runtimeconfig.json",
            "appsettings.json",
            "appsettings.Development.json",
            "web.config"
        ];
        var files = new DirectoryInfo(PathOf(output)).GetFiles("*", SearchOption.AllDirectories);
        var added = files.Where(file => !own.Contains(file.Name)).ToArray();
        var foreign = added.Select(file => file.Name)
            .Where(name => NotOfTheProvider.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase)));
        Assert.AreEqual("", string.Join(' ', foreign));
        return added.Sum(file => file.Length) / 1_000_000.0;
    }

    private string PathOf(string path) => Path.Combine(Work, path);

    /// <summary>Runs the commands of the README that make a project, with the packages of this build, from a clone on.</summary>
    private async Task FollowAsync(string first, string project)
    {
        // Its build settings would hold for the project, so the README leaves the clone.
        var clone = Directory.CreateDirectory(_folder.PathOf("clone")).FullName;
        foreach (var settings in Directory.GetFiles(Repository.Root, "Directory.*"))
            File.Copy(settings, Path.Combine(clone, Path.GetFileName(settings)));
        StringAssert.Contains(Documents.Read("README.md"), "`mkdir ../try && cd ../try`", StringComparison.Ordinal);
        _work = Directory.CreateDirectory(Path.Combine(clone, "../try")).FullName;
        await AddFeedAsync();
        var commands = Documents.BlocksOf("README.md").Single(block => block.Text.StartsWith(first, StringComparison.Ordinal)).Text;
        foreach (var command in commands.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = command.Split(' ')[1..];
            // Until there is a release, a package has to be named with its version.
            if (words[^1].StartsWith("Zotify.", StringComparison.Ordinal)) words = [.. words, "--version", PackedFeed.Version];
            if (words[0] != "new")
            {
                await Tool.RunAsync(Work, Cancellation, words);
                continue;
            }

            var (exitCode, output) = await Tool.TryAsync(Work, Cancellation, [.. words, "--no-restore"]);
            if (exitCode != 0) Assert.Inconclusive($"The SDK has no template for {project}: {output}");
        }
    }

    /// <summary>Writes the block of C# in the README that has a text.</summary>
    private Task WriteAsync(string file, string has) => File.WriteAllTextAsync(
        PathOf(file),
        Documents.BlocksOf("README.md").Single(block => block.Language == "csharp" && block.Text.Contains(has, StringComparison.Ordinal)).Text,
        Cancellation);

    private async Task AddFeedAsync()
    {
        var source = $"<configuration><packageSources><add key=\"packed\" value=\"{await PackedFeed.FolderAsync()}\" /></packageSources></configuration>";
        await File.WriteAllTextAsync(PathOf("nuget.config"), source, Cancellation);
    }

    private async Task NewAsync(string template, string package, params string[] options)
    {
        var (exitCode, output) = await Tool.TryAsync(
            Work, Cancellation, ["new", template, "--name", "App", "--output", ".", "--no-restore", .. options]);
        if (exitCode != 0) Assert.Inconclusive($"The SDK has no template {template}: {output}");
        await AddFeedAsync();
        var project = PathOf("App.csproj");
        var text = await File.ReadAllTextAsync(project, Cancellation);
        var reference = $"<ItemGroup><PackageReference Include=\"{package}\" Version=\"{PackedFeed.Version}\" /></ItemGroup></Project>";
        await File.WriteAllTextAsync(project, text.Replace("</Project>", reference, StringComparison.Ordinal), Cancellation);
    }

    /// <summary>Adds lines to the program, before or after the line with a text.</summary>
    private async Task InsertAsync(string where, string lines, bool before)
    {
        var program = PathOf(_program);
        var text = (await File.ReadAllLinesAsync(program, Cancellation)).ToList();
        text.Insert(text.FindIndex(line => line.Contains(where, StringComparison.Ordinal)) + (before ? 0 : 1), lines);
        await File.WriteAllLinesAsync(program, text, Cancellation);
    }

    private async Task<Uri> AddressAsync(ChildProcess application)
    {
        const string prefix = "Now listening on: ";
        while (true)
        {
            var line = await application.ReadLineAsync(Cancellation);
            if (line.IndexOf(prefix, StringComparison.Ordinal) is >= 0 and var at) return new Uri(line[(at + prefix.Length)..]);
        }
    }
}
