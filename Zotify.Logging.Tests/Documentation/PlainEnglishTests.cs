namespace Zotify.Logging.Tests.Documentation;

/// <summary>The documents have none of the turns of phrase that readers had to read twice.</summary>
[TestClass]
public sealed class PlainEnglishTests
{
    private static readonly string[] Unlearned =
    [
        "Of one user, 8 queries", "None goes before all of it", "that is evidence, and said on stderr", "It takes what is known where it stands",
        "the reader has made no place since", "Each has one place, which the next one", "commits by itself", "for it is ", "Of a journal's lines",
        "lets be", "is heard", "takes no notice", "take no notice",
    ];

    [TestMethod]
    public void No_document_has_one_of_them()
    {
        var faults = from document in Documents.All
                     let text = Documents.Read(document).Replace('\n', ' ')
                     from phrase in Unlearned
                     where text.Contains(phrase, StringComparison.OrdinalIgnoreCase)
                     select $"{document}: {phrase}";
        Assert.AreEqual("", string.Join('\n', faults));
    }
}
