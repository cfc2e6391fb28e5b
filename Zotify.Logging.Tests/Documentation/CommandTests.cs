using System.Text.RegularExpressions;
using Zotify.Logging.Tests.Deployment;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.Documentation;

/// <summary>The commands that are too long to run for a document name what there is.</summary>
[TestClass]
public sealed partial class CommandTests
{
    private static readonly string[] TestClasses =
        [.. typeof(CommandTests).Assembly.GetTypes().Where(type => type.IsDefined(typeof(TestClassAttribute), false)).Select(type => type.FullName!)];

    [TestMethod]
    public void Every_filter_finds_tests() => AssertNone(
        Found(Filter()).Where(found => !TestClasses.Any(name => name.Contains(found.Value, StringComparison.Ordinal))));

    [TestMethod]
    public void Every_scenario_exists() => AssertNone(
        Found(Scenario()).Where(found => !typeof(IChild).Assembly.GetTypes().Any(type => type.IsAssignableTo(typeof(IChild)) && type.Name == found.Value)));

    [TestMethod]
    public void Every_measure_exists()
    {
        // Each is named in the table that MeasuresTests compares with the program.
        var measures = Measure().Matches(Repository.Read("Zotify.Logging.Benchmarks/Results/README.md")).Select(match => match.Groups[1].Value);
        string[] known = [.. measures, "all"];
        AssertNone(Found(Benchmark()).SelectMany(found => found.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .TakeWhile(word => !word.StartsWith('-') && word != "#").Select(word => (found.Document, Value: word))).Where(found => !known.Contains(found.Value)));
    }

    [TestMethod]
    public void Every_project_exists() => AssertNone(
        Found(Project()).Where(found => !Directory.Exists(Repository.PathOf(found.Value)) && found.Value is not ("Shop" or "Importer" or "Shop.Tests")));

    private static IEnumerable<(string Document, string Value)> Found(Regex pattern) => Documents.Guides.SelectMany(
        document => pattern.Matches(Documents.Read(document)).Select(match => (document, match.Groups[1].Value)));

    private static void AssertNone(IEnumerable<(string Document, string Value)> faults) =>
        Assert.AreEqual("", string.Join('\n', faults.Select(fault => $"{fault.Document}: {fault.Value}")));

    [GeneratedRegex(@"--filter ""FullyQualifiedName~([\w.]+)""")]
    private static partial Regex Filter();

    [GeneratedRegex(@"-- child (\w+)")]
    private static partial Regex Scenario();

    [GeneratedRegex(@"--project Zotify\.Logging\.Benchmarks -- ([a-z][a-z0-9 -]*)")]
    private static partial Regex Benchmark();

    [GeneratedRegex(@"--project ([\w./]+)")]
    private static partial Regex Project();

    [GeneratedRegex(@"^\| `([a-z0-9-]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Measure();
}
