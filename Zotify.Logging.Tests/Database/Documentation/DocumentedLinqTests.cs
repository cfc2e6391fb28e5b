using Zotify.Logging.Tests.Deployment;

namespace Zotify.Logging.Tests.Database.Documentation;

/// <summary>The queries in LINQ that the tests run are those of the document.</summary>
[TestClass]
public sealed class DocumentedLinqTests
{
    [TestMethod]
    public void The_document_has_the_queries_that_run()
    {
        var source = Repository.Read("Zotify.Logging.Tests/Database/Documentation/DocumentedLinq.cs").ReplaceLineEndings("\n");
        foreach (var question in SqlDocument.Questions)
        {
            var written = string.Join('\n', question.Linq.Split('\n').Select(line => $"            {line}"));
            Assert.Contains($"\n        (logs, day) =>\n{written},\n", source, question.Title);
        }
    }
}
