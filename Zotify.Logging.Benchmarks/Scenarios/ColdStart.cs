using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Zotify.Logging.Benchmarks.Harness;

namespace Zotify.Logging.Benchmarks.Scenarios;

/// <summary>Starts the web program on an existing database, and waits for its first answer.</summary>
internal static class ColdStart
{
    /// <summary>Publishes the program as its image does: only for this machine, in native code.</summary>
    /// <param name="folder">The folder for the program.</param>
    /// <returns>The file of the program.</returns>
    public static async Task<string> PublishAsync(string folder)
    {
        string[] arguments =
        [
            "publish",
            ProjectFolder(),
            "--configuration",
            "Release",
            "--runtime",
            RuntimeInformation.RuntimeIdentifier,
            "--no-self-contained",
            "--output",
            folder
        ];
        using var publish = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0
            ? Path.Combine(folder, "Zotify.Logging.Web.dll")
            : throw new InvalidOperationException($"The program could not be published: {output}");
    }

    /// <summary>From the start of the process to the first answer.</summary>
    public static async Task<Figures> RunAsync(string program, string database)
    {
        await using var started = await StartedProgram.StartAsync(program, database);
        return new Figures { ["ms to the first answer"] = started.StartTime.TotalMilliseconds };
    }

    private static string ProjectFolder([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../Zotify.Logging.Web"));
}
