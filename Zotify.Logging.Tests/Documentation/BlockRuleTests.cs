using System.Text.RegularExpressions;

namespace Zotify.Logging.Tests.Documentation;

/// <summary>Every fenced block of the documents is of a kind that a test runs or checks.</summary>
[TestClass]
public sealed partial class BlockRuleTests
{
    /// <summary>The languages, and who checks their blocks.</summary>
    private static readonly Dictionary<string, string> Rules = new()
    {
        ["csharp"] = nameof(CSharpBlockTests),
        ["json"] = nameof(JsonBlockTests),
        ["jsonc"] = nameof(JsonBlockTests),
        ["sh"] = nameof(ShellBlockTests),
        ["sql"] = nameof(SqlBlockTests),
        ["python"] = "InteroperabilityTests",
        ["yaml"] = nameof(UnitBlockTests),
        ["ini"] = nameof(UnitBlockTests),
        ["logrotate"] = nameof(UnitBlockTests),
        // Pictures, and what programs print. Nobody runs them.
        ["text"] = "",
    };

    [TestMethod]
    public void Every_block_is_of_a_kind_that_a_test_takes()
    {
        var faults = Documents.Guides.SelectMany(Documents.BlocksOf).Where(block => !Rules.ContainsKey(block.Language));
        Assert.AreEqual("", string.Join('\n', faults), "Name the block's language after its fence, and where it is a new one, test its blocks.");
    }

    [TestMethod]
    public void No_block_hides_behind_an_indentation() => Assert.AreEqual(
        "", string.Join('\n', Documents.Guides.Where(document => Indented().IsMatch(Documents.Prose(document)))));

    /// <summary>A fence that is not at the beginning of its line, or a paragraph that its indentation makes code.</summary>
    [GeneratedRegex(@"```|\n\n    \S")]
    private static partial Regex Indented();

    [TestMethod]
    public void The_one_program_in_Python_is_the_one_that_runs()
    {
        // InteroperabilityTests runs it over the journals of its test.
        Assert.AreEqual("docs/audit.md", Documents.Blocks("python").Single().Document);
    }
}
