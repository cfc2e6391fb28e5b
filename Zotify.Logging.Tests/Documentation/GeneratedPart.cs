using Zotify.Logging.Tests.Deployment;

namespace Zotify.Logging.Tests.Documentation;

/// <summary>A part of a document that a test makes from something else, between two comments. <c>ZOTIFY_APPROVE=1</c> makes it anew.</summary>
internal static class GeneratedPart
{
    /// <summary>Fails where the part is not the text.</summary>
    /// <param name="document">The document.</param>
    /// <param name="name">The name in the comments, <c>&lt;!-- name: … --&gt;</c> and <c>&lt;!-- /name --&gt;</c>.</param>
    /// <param name="text">What the part is to be.</param>
    public static void AssertIs(string document, string name, string text)
    {
        var all = Documents.Read(document);
        var begin = all.IndexOf('\n', all.IndexOf($"<!-- {name}:", StringComparison.Ordinal)) + 1;
        var end = all.IndexOf($"<!-- /{name} -->", StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("ZOTIFY_APPROVE") is "1")
        {
            all = string.Concat(all.AsSpan(0, begin), text, all.AsSpan(end));
            File.WriteAllText(Repository.PathOf(document), all);
            end = begin + text.Length;
        }

        Assert.AreEqual(text, all[begin..end], $"{document}: set ZOTIFY_APPROVE=1 for one run to make it anew.");
    }
}
