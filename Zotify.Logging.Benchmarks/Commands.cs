using System.Globalization;
using Zotify.Logging.Benchmarks.Harness;
using Zotify.Logging.Benchmarks.Measures;

namespace Zotify.Logging.Benchmarks;

/// <summary>The benchmarks' command line: <c>names [--rounds n] [--scale x] [--against folder]</c>.</summary>
internal static class Commands
{
    private const string All = "all";

    /// <summary>After this time, a run of all measures begins no other one, so that it ends within 25 minutes.</summary>
    private static readonly TimeSpan JointTime = TimeSpan.FromMinutes(23);

    /// <summary>
    /// Runs the measures that the arguments name, and lists at the end which goals were reached. With <c>all</c>, runs every measure in
    /// the rounds of a joint run, and writes the report.
    /// </summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        var names = args.TakeWhile(arg => !arg.StartsWith("--", StringComparison.Ordinal)).ToArray();
        var all = names is [All];
        var measures = MeasureList.All.Where(measure => all || names.Contains(measure.Name)).ToArray();
        if (measures.Length == 0 || (!all && measures.Length < names.Length)) return Usage(output);
        using var older = Text(args, "--against") is { } folder ? OlderBuild.Copy(folder) : null;
        var report = new Report(output, older);
        foreach (var measure in measures)
        {
            if (all && report.Elapsed > JointTime)
            {
                report.Skip(measure);
                continue;
            }

            var rounds = Number(args, "--rounds") ?? (all ? measure.JointRounds : measure.Rounds);
            await report.AddAsync(measure, (int)rounds, Number(args, "--scale") ?? measure.Scale);
        }

        report.End();
        if (all) await report.WriteAsync();
        return report.HasFailures ? 1 : 0;
    }

    private static double? Number(string[] args, string name) =>
        Text(args, name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    private static string? Text(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at ? args[at + 1] : null;

    private static int Usage(TextWriter output)
    {
        output.WriteLine(
            "dotnet run -c Release --project Zotify.Logging.Benchmarks -- <name>... [--rounds <n>] [--scale <x>] [--against <folder>]\n");
        foreach (var measure in MeasureList.All) output.WriteLine($"  {measure.Name,-14} {measure.Shows}");
        output.WriteLine($"  {All,-14} All of these in about 25 minutes, into {Report.FileName}.");
        output.WriteLine("\n--against: a folder with an older, built version of the repository, which is measured side by side.");
        return 1;
    }
}
