using System.Diagnostics;

namespace Zotify.Logging.Tests.Packages;

/// <summary>Runs the .NET SDK as a user does, in the test's own folder.</summary>
internal static class Tool
{
    // A test runner that the SDK itself started passes these variables on.
    private static readonly string[] OfTheRunner =
        ["MSBUILD_EXE_PATH", "MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBuildLoadMicrosoftTargetsReadOnly"];

    private static readonly string[] NoAnswer = ["error NU1301", "NU1101", "Response status code does not indicate success: 5"];

    /// <summary>Runs a command of <c>dotnet</c>. Returns its exit code, and all its output.</summary>
    /// <param name="folder">The folder that it runs in.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="arguments">The command.</param>
    public static async Task<(int ExitCode, string Output)> TryAsync(
        string folder, CancellationToken cancellationToken, params string[] arguments)
    {
        var start =
            new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in OfTheRunner) start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        // No build process outlives the test. The server of the compiler does, for some minutes without work, as after the build of the
        // tests themselves: it is that same server, which has started already. A compiler of its own for each library takes far longer.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        if (NewPackages(folder) is { } packages)
        {
            start.Environment["NUGET_PACKAGES"] = packages;
            start.Environment["NUGET_FALLBACK_PACKAGES"] = KnownPackages;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken) + await error;
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, output);
    }

    /// <summary>Runs a command that must succeed. Where no feed answers, the test is skipped.</summary>
    public static async Task<string> RunAsync(string folder, CancellationToken cancellationToken, params string[] arguments)
    {
        var (exitCode, output) = await TryAsync(folder, cancellationToken, arguments);
        // A feed does not answer, or does not have a package of others.
        if (exitCode != 0 && NoAnswer.Any(text => output.Contains(text, StringComparison.Ordinal)))
            Assert.Inconclusive($"No feed of packages answers: {output}");
        Assert.AreEqual(0, exitCode, $"dotnet {string.Join(' ', arguments)}\n{output}");
        return output;
    }

    private static string KnownPackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Packages that are built for a test must not stay among the user's.</summary>
    private static string? NewPackages(string folder) =>
        folder.StartsWith(Path.GetTempPath(), StringComparison.Ordinal) ? Path.Combine(folder, "packages") : null;
}
