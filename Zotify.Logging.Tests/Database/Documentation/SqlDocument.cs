using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Zotify.Logging.Tests.Database.Documentation;

/// <summary><c>docs/sql.md</c> in parts.</summary>
internal static partial class SqlDocument
{
    private static readonly string[] Both = ["SQLite", "SQL Server"];

    /// <summary>The questions, each with its statements by engine, its LINQ, and its answer: the names of the columns, then the
    /// rows.</summary>
    public static IReadOnlyList<DocumentedQuestion> Questions { get; } =
        [.. Section("## Ten questions\n").Split("\n### ").Skip(1).Select(Read)];

    /// <summary>The text below a heading.</summary>
    public static string Section(string heading)
    {
        var document = File.ReadAllText(PathOf());
        var start = document.IndexOf(heading, StringComparison.Ordinal);
        Assert.IsGreaterThanOrEqualTo(0, start, heading);
        var end = document.IndexOf("\n## ", start + heading.Length, StringComparison.Ordinal);
        return end < 0 ? document[start..] : document[start..end];
    }

    private static DocumentedQuestion Read(string part)
    {
        var statements = Statement().Matches(part)
            .SelectMany(found => (found.Groups["engine"] is { Success: true, Value: var engine } ? [engine] : Both)
                .Select(name => (Engine: name, found.Groups["text"].Value)))
            .ToDictionary(found => found.Engine, found => found.Value);
        return new DocumentedQuestion(
            part[..part.IndexOf('\n', StringComparison.Ordinal)], statements, Linq().Match(part).Groups["text"].Value,
            Answer().Match(part).Groups["text"].Value);
    }

    private static string PathOf([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "../../../docs/sql.md");

    [GeneratedRegex(@"(?:In (?<engine>SQLite|SQL Server):\n\n)?```sql\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Statement();

    [GeneratedRegex(@"```csharp\n(?<text>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Linq();

    [GeneratedRegex(@"```text\n(?<text>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Answer();
}
