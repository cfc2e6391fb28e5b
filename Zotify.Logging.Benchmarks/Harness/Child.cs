using System.Diagnostics;
using System.Text.Json;

namespace Zotify.Logging.Benchmarks.Harness;

/// <summary>Runs a scenario in a process of its own: its processor time, memory and garbage are nobody else's.</summary>
internal static class Child
{
    /// <summary>The first argument of a process that runs a scenario.</summary>
    public const string Command = "child";

    private const string ResultName = "result.json";

    /// <summary>
    /// Runs a scenario to its end, its output redirected into a file as a service's is, and reads the figures that it leaves.
    /// </summary>
    /// <exception cref="InvalidOperationException">It failed; the message has what it said on stderr.</exception>
    public static async Task<Figures> RunAsync<TScenario>(params string[] arguments)
        where TScenario : IScenario
    {
        using var folder = new WorkFolder();
        // By the shell, which gives the file itself to the process: no pipe, and nobody at its other end.
        string[] command =
        [
            "-c",
            "exec \"$0\" \"$@\" > stdout.log",
            "dotnet",
            "exec",
            typeof(Child).Assembly.Location,
            Command,
            typeof(TScenario).FullName!,
            .. arguments
        ];
        var start = new ProcessStartInfo("sh", command) { WorkingDirectory = folder.Path, RedirectStandardError = true };
        // The runtime counts calls before it compiles a method for good, but not while new methods are called, as they are for
        // seconds where a database is opened beside. What is measured is the code that a service runs for hours.
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "0";
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"{typeof(TScenario).Name} {string.Join(' ', arguments)} ended with {process.ExitCode}: {error}");
        return JsonSerializer.Deserialize<Figures>(await File.ReadAllTextAsync(Path.Combine(folder.Path, ResultName)))!;
    }

    /// <summary>The other side: runs the scenario that the arguments name, in the folder that it was started in.</summary>
    public static async Task<int> MainAsync(string name, string[] arguments)
    {
        var scenario = (IScenario)Activator.CreateInstance(Type.GetType(name, throwOnError: true)!)!;
        var figures = await scenario.RunAsync(Environment.CurrentDirectory, arguments);
        await File.WriteAllTextAsync(ResultName, JsonSerializer.Serialize(figures));
        return 0;
    }
}
