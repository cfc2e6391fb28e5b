using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Zotify.Logging.Tests.Documentation;

/// <summary>The figures in the README are those of the last run of the measures.</summary>
[TestClass]
public sealed partial class FiguresTests
{
    private const string Results = "Zotify.Logging.Benchmarks/Results/latest.md";

    private static readonly string[] Contenders = ["Zotify", "Serilog", "NLog", "ZLogger", "ZLogger, deferred", "OpenTelemetry"];

    /// <summary>What is shown, with the title of its table and the figure in it.</summary>
    private static readonly (string Shown, string Title, string Figure)[] Shown =
    [
        ("a call with three values, ns", "caller's time of a generated call", "ns"),
        ("garbage of a call, bytes", "allocated in the whole process", "bytes/call"),
        ("messages to the file, per second", "1 producers", "messages/s"),
    ];

    [TestMethod]
    public void The_README_has_the_figures_of_the_last_run()
    {
        var results = Documents.Read(Results);
        var text = new StringBuilder("\n");
        text.Append(CultureInfo.InvariantCulture, $"| measured | {string.Join(" | ", Contenders)} |\n|---|{string.Concat(Contenders.Select(_ => "---:|"))}\n");
        foreach (var (shown, title, figure) in Shown)
            text.Append(CultureInfo.InvariantCulture, $"| {shown} | {string.Join(" | ", Contenders.Select(name => Value(results, title, figure, name)))} |\n");
        text.Append(CultureInfo.InvariantCulture, $"\n[Measured]({Results}) on {Machine().Match(results).Value.Split(';')[0]}, by\n");
        text.Append("`dotnet run -c Release --project Zotify.Logging.Benchmarks -- caller allocated two-million`; steady, all behind `ILoggerFactory`.\n\n");
        GeneratedPart.AssertIs("README.md", "figures", text.ToString());
    }

    private static string Value(string results, string title, string figure, string contender)
    {
        var table = results[results.IndexOf($"### {title}\n", StringComparison.Ordinal)..].Split('\n').Skip(2).TakeWhile(line => line.StartsWith('|')).ToArray();
        string[] Cells(string row) => [.. row.Split('|').Select(cell => cell.Trim())];
        var head = Cells(table[0]);
        // A process is measured young and steady.
        var column = Array.IndexOf(head, $"steady {figure}") is >= 0 and var steady ? steady : Array.IndexOf(head, figure);
        var row = table.Select(Cells).Single(cells => cells[1] == contender);
        var value = double.Parse(row[column], CultureInfo.InvariantCulture);
        return value.ToString("#,0", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^.*, \.NET [^\n]*", RegexOptions.Multiline)]
    private static partial Regex Machine();
}
