using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Zotify.Logging.Benchmarks.Harness;

/// <summary>Runs a scenario in a process of its own, so that its processor time, memory and garbage are measured alone.</summary>
internal static class Child
{
    /// <summary>The first argument of a process that runs a scenario.</summary>
    public const string Command = "child";

    private const string ResultName = "result.json";

    // What a program reports of a database that a newer version made: it would wait for a newer program for ever.
    private const string DatabaseAhead = "SchemaAheadException";

    /// <summary>Far longer than any scenario takes: one that hangs must not stop the others.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    private static string program = typeof(Child).Assembly.Location;

    /// <summary>Runs scenarios in another program until the result is disposed: an older version of this project.</summary>
    public static IDisposable UseProgram(string path)
    {
        var former = new FormerProgram(program);
        program = path;
        return former;
    }

    /// <summary>
    /// Runs a scenario to its end, with its output redirected into a file as a service's is, and reads the figures that it writes.
    /// </summary>
    /// <exception cref="InvalidOperationException">The scenario failed; the message has its stderr.</exception>
    public static Task<Figures> RunAsync<TScenario>(params string[] arguments)
        where TScenario : IScenario => RunAsync<TScenario>(Timeout, arguments);

    /// <summary>Runs a scenario that may take longer than a measure: one that creates a database.</summary>
    /// <inheritdoc cref="RunAsync{TScenario}(string[])"/>
    public static async Task<Figures> RunAsync<TScenario>(TimeSpan timeout, params string[] arguments)
        where TScenario : IScenario
    {
        using var folder = new WorkFolder();
        // The shell passes the file itself to the process: there is no pipe, and no reader at its other end.
        string[] command =
        [
            "-c",
            "exec \"$0\" \"$@\" > stdout.log",
            "dotnet",
            "exec",
            program,
            Command,
            typeof(TScenario).FullName!,
            .. arguments
        ];
        var start = new ProcessStartInfo("sh", command) { WorkingDirectory = folder.Path, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(timeout, TimeProvider.System);
        await using var kill = deadline.Token.Register(() => process.Kill(entireProcessTree: true));
        var error = await ReadErrorsAsync(process);
        await process.WaitForExitAsync();
        if (deadline.IsCancellationRequested) error = $"not done after {timeout.TotalSeconds:0} s. {error}";
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"{typeof(TScenario).Name} {string.Join(' ', arguments)} ended with {process.ExitCode}: {error}");
        return JsonSerializer.Deserialize<Figures>(await File.ReadAllTextAsync(Path.Combine(folder.Path, ResultName)))!;
    }

    /// <summary>The child process: runs the scenario that the arguments name, in the folder that it was started in.</summary>
    public static async Task<int> MainAsync(string name, string[] arguments)
    {
        var scenario = (IScenario)Activator.CreateInstance(Type.GetType(name, throwOnError: true)!)!;
        var figures = await scenario.RunAsync(Environment.CurrentDirectory, arguments);
        await File.WriteAllTextAsync(ResultName, JsonSerializer.Serialize(figures));
        return 0;
    }

    /// <summary>Everything that a process reports. Ends it where it reports that it can go no further.</summary>
    private static async Task<string> ReadErrorsAsync(Process process)
    {
        var error = new StringBuilder();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            error.AppendLine(line);
            if (line.Contains(DatabaseAhead, StringComparison.Ordinal)) process.Kill(entireProcessTree: true);
        }

        return error.ToString();
    }

    private sealed class FormerProgram(string path) : IDisposable
    {
        public void Dispose() => program = path;
    }
}
