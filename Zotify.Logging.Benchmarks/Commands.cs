using System.Globalization;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Benchmarks.Measures;

namespace Zotify.Logging.Benchmarks;

/// <summary>The benchmarks' command line: <c>name [--rounds n] [--scale x]</c>.</summary>
internal static class Commands
{
    private const string All = "all";

    /// <summary>Runs the measures that the arguments name, and lists at the end which goals were reached.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        var measures = MeasureList.All.Where(measure => args is [All, ..] || args is [var name, ..] && measure.Name == name).ToArray();
        if (measures.Length == 0) return Usage(output);
        await output.WriteLineAsync(Machine.Describe());
        var goals = new List<(Measure Measure, Goal Goal)>();
        foreach (var measure in measures)
        {
            await output.WriteLineAsync($"\n## {measure.Name}\n\n{measure.Shows}");
            var run = new MeasureRun((int)Option(args, "--rounds", measure.Rounds), Option(args, "--scale", measure.Scale), output);
            foreach (var goal in await measure.RunAsync(run)) goals.Add((measure, goal));
        }

        await output.WriteLineAsync("\n## Goals\n");
        foreach (var (measure, goal) in goals) await output.WriteLineAsync($"- {measure.Name}: {goal}");
        return 0;
    }

    private static double Option(string[] args, string name, double otherwise) =>
        Array.IndexOf(args, name) is >= 0 and var at ? double.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;

    private static int Usage(TextWriter output)
    {
        output.WriteLine("dotnet run -c Release --project Zotify.Logging.Benchmarks -- <name> [--rounds <n>] [--scale <x>]\n");
        foreach (var measure in MeasureList.All) output.WriteLine($"  {measure.Name,-14} {measure.Shows}");
        output.WriteLine($"  {All,-14} All of these.");
        return 1;
    }
}
