using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Zotify.Logging.Benchmarks.Harness;

/// <summary>
/// What the measures of a run found: their tables, the table of what an application meets, and the goals, those that were missed with their
/// distance.
/// </summary>
/// <param name="console">Gets everything as it is found.</param>
/// <param name="older">The older version that is measured side by side, if there is one.</param>
internal sealed class Report(TextWriter console, OlderBuild? older)
{
    /// <summary>The file of a run of all measures, in the folder of the project.</summary>
    public const string FileName = "Results/latest.md";

    private readonly StringWriter _tables = new();
    private readonly List<(Measure Measure, Goal Goal)> _goals = [];
    private readonly List<string> _failures = [];
    private readonly List<Meeting> _meetings = [];
    private readonly List<(Measure Measure, Regression Regression)> _regressions = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private string _end = "";

    /// <summary>Whether a measure failed.</summary>
    public bool HasFailures => _failures.Count > 0;

    /// <summary>How long the run has taken.</summary>
    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>Lists a measure that there was no time for.</summary>
    public void Skip(Measure measure) => _failures.Add($"- {measure.Name}: not run, there was no time left");

    /// <summary>Runs a measure. A failure is listed, and the next measure can run.</summary>
    public async Task AddAsync(Measure measure, int rounds, double scale)
    {
        using var output = new StringWriter();
        output.WriteLine($"\n## {measure.Name}\n\n{measure.Shows}");
        var start = _clock.Elapsed;
        try
        {
            var regressions = new List<Regression>();
            var run = new MeasureRun(rounds, scale, output, _meetings, regressions, older);
            foreach (var goal in await measure.RunAsync(run)) _goals.Add((measure, NameScale(goal, scale)));
            _regressions.AddRange(regressions.Select(regression => (measure, regression)));
        }
        catch (Exception exception)
        {
            _failures.Add($"- {measure.Name}: {exception.Message.ReplaceLineEndings(" ")}");
            output.WriteLine($"\nFailed: {exception}");
        }

        if (older is not null && !output.ToString().Contains(OlderBuild.NameOf(""), StringComparison.Ordinal))
            output.WriteLine("\nWithout the version before: this measures code that is in the measuring program or that it does not have.");
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
        output.WriteLine($"Commit {BuiltFrom.Commit(AppContext.BaseDirectory)}{(older is null ? "" : $"; the rows \"before\": commit {older.Commit}")}");
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
        WriteRegressions(output);
        if (HasFailures) output.WriteLine($"\n## Measures that failed\n\n{string.Join('\n', _failures)}");
        output.WriteLine("\n## Goals that were reached\n");
        foreach (var (measure, goal) in _goals.Where(goal => goal.Goal.IsReached))
            output.WriteLine($"- {measure.Name}: {goal.Text}: {goal.Measured} ({goal.Wanted})");
        _end = output.ToString();
        console.Write($"\n{_end}");
    }

    private void WriteRegressions(TextWriter output)
    {
        if (older is null) return;
        output.WriteLine("\n## Worse than before, by more than a tenth\n");
        output.WriteLine(_regressions.Count == 0 ? "None." : "| measure | what | figure | now | before | now is |\n|---|---|---|---:|---:|---:|");
        foreach (var (measure, regression) in _regressions) output.WriteLine($"| `{measure.Name}` {regression}");
    }

    /// <summary>A goal applies to the full size: a smaller one must be in its name.</summary>
    private static Goal NameScale(Goal goal, double scale) => scale is 1
        ? goal
        : goal with { Text = string.Create(CultureInfo.InvariantCulture, $"{goal.Text} (scale {scale:0.###})") };

    /// <summary>Writes the file.</summary>
    public Task WriteAsync() => File.WriteAllTextAsync(Path.Combine(ProjectFolder(), FileName), $"# Results\n\n{_end}{_tables}");

    private static string ProjectFolder([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, ".."));
}
