using System.Text.RegularExpressions;
using Zotify.Logging.Tests.Deployment;

namespace Zotify.Logging.Tests.Documentation;

/// <summary>The documents of the repository, and their parts.</summary>
internal static partial class Documents
{
    private static readonly string[] NotOurs = ["bin", "obj", "artifacts", "node_modules", "TestResults", "packages", ".git"];

    /// <summary>Every document, from the repository's root, with <c>/</c>.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Below(Repository.Root).Order(StringComparer.Ordinal)];

    /// <summary>The documents whose blocks a reader runs: all but the history.</summary>
    public static IEnumerable<string> Guides => All.Where(name => name is not "CHANGELOG.md" && !name.StartsWith(".github/", StringComparison.Ordinal));

    /// <summary>The text, with line ends as on Unix.</summary>
    public static string Read(string document) => Repository.Read(document).ReplaceLineEndings("\n");

    /// <summary>The blocks of a document.</summary>
    public static IReadOnlyList<DocumentedBlock> BlocksOf(string document)
    {
        var text = Read(document);
        return
        [
            .. Block().Matches(text).Select(match => new DocumentedBlock(
                document, text.AsSpan(0, match.Index).Count('\n') + 1, match.Groups["language"].Value, match.Groups["text"].Value)),
        ];
    }

    /// <summary>The blocks of all guides.</summary>
    public static IEnumerable<DocumentedBlock> Blocks(params string[] languages) =>
        Guides.SelectMany(BlocksOf).Where(block => languages.Contains(block.Language));

    /// <summary>The text without its fenced blocks.</summary>
    public static string Prose(string document) => Block().Replace(Read(document), "");

    private static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateFiles(folder, "*.md").Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Concat(Directory.EnumerateDirectories(folder).Where(IsOurs).SelectMany(Below));

    private static bool IsOurs(string folder) => !NotOurs.Contains(Path.GetFileName(folder));

    [GeneratedRegex(@"^```(?<language>\w*)[^\n]*\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
