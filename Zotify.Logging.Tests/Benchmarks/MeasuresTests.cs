using System.Text.RegularExpressions;
using Zotify.Logging.Tests.Deployment;

namespace Zotify.Logging.Tests.Benchmarks;

/// <summary>Measures nothing: checks only that the list and the measures match.</summary>
[TestClass]
public sealed partial class MeasuresTests
{
    [TestMethod]
    public void Every_measure_is_listed_with_its_goal()
    {
        var files = Directory.GetFiles(Repository.PathOf("Zotify.Logging.Benchmarks/Measures")).Select(File.ReadAllText).ToArray();
        var measures = files.Select(file => Declaration().Match(file))
            .Where(match => match.Success).Select(match => match.Groups[1].Value).Order().ToArray();
        var listed = Row()
            .Matches(Repository.Read("Zotify.Logging.Benchmarks/Results/README.md")).Select(match => match.Groups[1].Value)
            .Order().ToArray();
        Assert.IsNotEmpty(measures);
        CollectionAssert.AreEqual(measures, listed);
    }

    [GeneratedRegex("override string Name => \"([a-z-]+)\"")]
    private static partial Regex Declaration();

    [GeneratedRegex("^\\| `([a-z-]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
