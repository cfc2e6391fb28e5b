using System.Globalization;

namespace Zotify.Logging.Benchmarks.Harness;

/// <summary>Prints medians as a table in Markdown. The contender that all others are compared with comes first.</summary>
internal static class Table
{
    /// <summary>
    /// Prints figures of every contender, by default all, and the ratio of <paramref name="ours"/> to them if that has the figure.
    /// Notes what is worse than in the older version.
    /// </summary>
    public static void Print(MeasureRun run, string title, Samples samples, string ours, params string[] only)
    {
        var output = run.Output;
        var names = only.Length == 0 ? samples.Names : only;
        output.WriteLine($"\n### {title}\n");
        output.WriteLine($"| | {string.Join(" | ", names.Select(name => $"{name} | ours is"))} |");
        output.WriteLine($"|---|{string.Concat(names.Select(_ => "---:|---:|"))}");
        foreach (var contender in samples.Contenders)
        {
            var cells = names.Select(name => Cells(samples.Median(contender, name), samples.Median(ours, name), contender == ours));
            output.WriteLine($"| {contender} | {string.Join(" | ", cells)} |");
            NoteRegressions(run, title, samples, contender, names);
        }
    }

    private static void NoteRegressions(MeasureRun run, string title, Samples samples, string contender, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            var (now, before) = (samples.Median(contender, name), samples.Median(OlderBuild.NameOf(contender), name));
            if (Regression.Is(name, now, before)) run.Regressions.Add(new($"{title}, {contender}", name, now, before));
        }
    }

    private static string Cells(double value, double ours, bool isOurs)
    {
        if (!double.IsFinite(value)) return " | ";
        var ratio = isOurs || !double.IsFinite(ours) || value == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{ours / value:0.00} ×");
        return string.Create(CultureInfo.InvariantCulture, $"{Round(value)} | {ratio}");
    }

    private static string Round(double value) =>
        value.ToString(Math.Abs(value) switch { >= 1000 => "#,0", >= 10 => "0.0", _ => "0.000" }, CultureInfo.InvariantCulture);
}
