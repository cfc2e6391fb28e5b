using System.Text.RegularExpressions;
using Zotify.Logging.Tests.Deployment;

namespace Zotify.Logging.Tests.Documentation;

/// <summary>Every relative link of the documents leads to a file, and to a heading where it names one.</summary>
[TestClass]
public sealed partial class LinkTests
{
    [TestMethod]
    public void They_lead_somewhere()
    {
        var faults = from document in Documents.All
                     let prose = Documents.Prose(document)
                     from target in Link().Matches(prose).Concat(Source().Matches(prose)).Select(match => match.Groups["target"].Value)
                     where !target.Contains("://", StringComparison.Ordinal) && !IsThere(document, target)
                     select $"{document}: {target}";
        Assert.AreEqual("", string.Join('\n', faults));
    }

    [TestMethod]
    public void Every_guide_is_one_click_from_the_README()
    {
        var linked = Link().Matches(Documents.Prose("README.md")).Select(match => match.Groups["target"].Value).ToHashSet();
        Assert.AreEqual("", string.Join('\n', Documents.All.Where(name => name.StartsWith("docs/", StringComparison.Ordinal) && !linked.Contains(name))));
    }

    private static bool IsThere(string document, string target)
    {
        var parts = target.Split('#', 2);
        var file = parts[0].Length == 0
            ? document
            : Path.GetRelativePath(Repository.Root, Repository.PathOf(Path.Combine(Path.GetDirectoryName(document)!, parts[0]))).Replace('\\', '/');
        if (!File.Exists(Repository.PathOf(file)) && !Directory.Exists(Repository.PathOf(file))) return false;
        return parts.Length == 1 || Anchors(file).Contains(parts[1]);
    }

    /// <summary>The names that headings get: lower case, without punctuation, blanks as hyphens.</summary>
    private static HashSet<string> Anchors(string document) =>
    [
        .. Heading().Matches(Documents.Prose(document))
            .Select(match => Punctuation().Replace(match.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-')),
    ];

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?:src|srcset)=""(?<target>[^""]+)""")]
    private static partial Regex Source();

    [GeneratedRegex(@"^#{1,4} (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();
}
