using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Zotify.Logging.Tests.Documentation;

/// <summary>The figures in the README are those of the last run of the measures, where this project is slower as well.</summary>
[TestClass]
public sealed partial class FiguresTests
{
    private const string Results = "Zotify.Logging.Benchmarks/Results/latest.md";

    /// <summary>The rows of "What an application meets" that are shown.</summary>
    private static readonly string[] Shown =
    [
        "from the registration to the end of the first call, all handlers on, ms",
        "one of the first 100,000 calls of a process, the first included, all handlers on, ns",
        "a call in bursts, generated, after 3 s, ns",
        "`Durable` call, 64 threads, records/s",
        "audit call and `await FlushAsync(FlushTo.Disk)`, 64 callers, records/s",
        "`ILogger` until they are rows, jobs, into 0 rows, rows/s",
        "`ILogger` until they are rows, audit, into 1,000,000 rows, rows/s",
        "the first search of a process, by text, ms",
    ];

    [TestMethod]
    public void The_README_has_the_figures_of_the_last_run()
    {
        var results = Documents.Read(Results);
        var rows = results.Split('\n');
        var text = new StringBuilder("| measured | Zotify | compared with |\n|---|---:|---|\n");
        foreach (var shown in Shown)
            text.Append(rows.Single(row => row.StartsWith($"| {shown} |", StringComparison.Ordinal))).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"\n[Measured]({Results}), with all that was missed, on {Machine().Match(results).Value.Split(';')[0]}, by ");
        var command = results.Contains(", before |", StringComparison.Ordinal) ? "all --against <folder of an older build>" : "all";
        text.Append(CultureInfo.InvariantCulture, $"`dotnet run -c Release --project Zotify.Logging.Benchmarks -- {command}`.\n");
        GeneratedPart.AssertIs("README.md", "figures", text.ToString());
    }

    [GeneratedRegex(@"^.*, \.NET [^\n]*", RegexOptions.Multiline)]
    private static partial Regex Machine();
}
