using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.Deployment;

/// <summary>The steps that build the image, run without a container: the copied files suffice, and the result is the program.</summary>
[TestClass]
public sealed class DockerfileStepsTests
{
    public required TestContext TestContext { get; set; }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [Timeout(900_000, CooperativeCancellation = true)]
    public async Task The_copied_files_are_restored_and_published_and_the_program_runs()
    {
        if (TestScale.Factor < 20) Assert.Inconclusive("It takes minutes: set ZOTIFY_TEST_SCALE=20.");
        using var folder = new TemporaryFolder();
        var (source, published) = (Directory.CreateDirectory(folder.PathOf("src")).FullName, folder.PathOf("app"));
        foreach (var step in Steps())
        {
            if (step.StartsWith("COPY ", StringComparison.Ordinal)) Copy(step.Split(' ')[1..], source);
            else await RunAsync(step["RUN ".Length..].Replace("--output /app", $"--output {published}", StringComparison.Ordinal), source);
        }

        var (exitCode, output, error) = await EndAsync(
            new ChildProcess(Path.Combine(published, "Zotify.Logging.Web.dll"), folder.Path, "--help"));
        Assert.AreEqual(0, exitCode, error);
        Assert.Contains("database", output);
    }

    /// <summary>The steps of the first stage.</summary>
    private static IEnumerable<string> Steps() => Repository.Read("Dockerfile").Split("\nFROM ")[1].Split('\n')
        .Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) || line.StartsWith("RUN ", StringComparison.Ordinal));

    private static void Copy(string[] paths, string target)
    {
        target = Path.Combine(target, paths[^1]);
        Directory.CreateDirectory(target);
        foreach (var path in paths[..^1].Select(path => Repository.PathOf(path)))
        {
            if (File.Exists(path)) File.Copy(path, Path.Combine(target, Path.GetFileName(path)), overwrite: true);
            else CopyFolder(path, target);
        }
    }

    // Without what .dockerignore leaves out.
    private static void CopyFolder(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Directory.GetFiles(source)) File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        foreach (var folder in Directory.GetDirectories(source).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj")))
            CopyFolder(folder, Path.Combine(target, Path.GetFileName(folder)));
    }

    private async Task RunAsync(string command, string folder)
    {
        var (exitCode, output, error) = await EndAsync(ChildProcess.OfNative("sh", folder, "-c", command));
        Assert.AreEqual(0, exitCode, $"{command}\n{output}\n{error}");
    }

    private async Task<(int ExitCode, string Output, string Error)> EndAsync(ChildProcess process)
    {
        await using (process) return await process.EndAsync(TestContext.CancellationToken);
    }
}
