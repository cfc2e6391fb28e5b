namespace Zotify.Logging.Tests.Documentation;

/// <summary>The README is short, and says what is true.</summary>
[TestClass]
public sealed class ReadmeTests
{
    private const int MaxLines = 150;
    private const int MaxWords = 1_500;

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public void It_is_short()
    {
        var text = Documents.Read("README.md");
        var (lines, words) = (text.Count(letter => letter == '\n'), text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length);
        TestContext.WriteLine($"{lines} lines, {words} words.");
        Assert.IsLessThanOrEqualTo(MaxLines, lines);
        Assert.IsLessThanOrEqualTo(MaxWords, words);
    }
}
