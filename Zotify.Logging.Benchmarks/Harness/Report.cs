using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Zotify.Logging.Benchmarks.Harness;

/// <summary>
/// What the measures of a run found: their tables, the table of what an application meets, and the goals, those that were missed with their
/// distance.
/// </summary>
/// <param name="console">Gets everything as it is found.</param>
internal sealed class Report(TextWriter console)
{
    /// <summary>The file of a run of all measures, in the folder of the project.</summary>
    public const string FileName = "Results/latest.md";

    private readonly StringWriter _tables = new();
    private readonly List<(Measure Measure, Goal Goal)> _goals = [];
    private readonly List<string> _failures = [];
    private readonly List<Meeting> _meetings = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private string _end = "";

    /// <summary>Whether a measure failed.</summary>
    public bool HasFailures => _failures.Count > 0;

    /// <summary>How long the run has taken.</summary>
    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>Lists a measure that there was no time for.</summary>
    public void Skip(Measure measure) => _failures.Add($"- {measure.Name}: not run, there was no time left");

    /// <summary>Runs a measure. A failure is listed, and the next measure can run.</summary>
    public async Task AddAsync(Measure measure, int rounds, double scale, OlderBuild? older)
    {
        using var output = new StringWriter();
        output.WriteLine($"\n## {measure.Name}\n\n{measure.Shows}");
        var start = _clock.Elapsed;
        try
        {
            var run = new MeasureRun(rounds, scale, output, _meetings, older);
            foreach (var goal in await measure.RunAsync(run)) _goals.Add((measure, goal));
        }
        catch (Exception exception)
        {
            _failures.Add($"- {measure.Name}: {exception.Message.ReplaceLineEndings(" ")}");
            output.WriteLine($"\nFailed: {exception}");
        }

        var took = (_clock.Elapsed - start).TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nRounds: {rounds}, scale {scale:0.##}, {took:0} s."));
        await console.WriteAsync(output.ToString());
        await _tables.WriteAsync(output.ToString());
    }

    /// <summary>Prints what all measures found together.</summary>
    public void End()
    {
        using var output = new StringWriter();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Machine.Describe()}; {_clock.Elapsed.TotalMinutes:0.0} minutes"));
        if (_meetings.Count > 0)
        {
            output.WriteLine("\n## What an application meets\n\n| | ours | compared with |\n|---|---:|---|");
            foreach (var meeting in _meetings) output.WriteLine(meeting);
        }

        output.WriteLine("\n## Goals that were missed\n");
        var missed = _goals.Where(goal => !goal.Goal.IsReached).ToArray();
        output.WriteLine(missed.Length == 0 ? "None." : "| measure | goal | measured | distance |\n|---|---|---:|---:|");
        foreach (var (measure, goal) in missed)
            output.WriteLine($"| `{measure.Name}` | {goal.Text} {goal.Wanted} | {goal.Measured} | {goal.Distance} |");
        if (HasFailures) output.WriteLine($"\n## Measures that failed\n\n{string.Join('\n', _failures)}");
        output.WriteLine("\n## Goals that were reached\n");
        foreach (var (measure, goal) in _goals.Where(goal => goal.Goal.IsReached))
            output.WriteLine($"- {measure.Name}: {goal.Text}: {goal.Measured} ({goal.Wanted})");
        _end = output.ToString();
        console.Write($"\n{_end}");
    }

    /// <summary>Writes the file.</summary>
    public Task WriteAsync() => File.WriteAllTextAsync(Path.Combine(ProjectFolder(), FileName), $"# Results\n\n{_end}{_tables}");

    private static string ProjectFolder([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, ".."));
}
