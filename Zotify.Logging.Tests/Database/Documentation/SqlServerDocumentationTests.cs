using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Documentation;

[TestClass]
[SqlServerCondition]
public sealed class SqlServerDocumentationTests : DocumentationContract
{
    private protected override string Engine => "SQL Server";

    private protected override TestStore NewStore() => new SqlServerStore();

    // From the model, which the migrations come from: the stand-in has other names.
    private protected override async Task<(string Section, string[] Keys, string[] Indexes)> IndexesAsync()
    {
        await using var tables = Store.NewContext();
        var all = tables.Model.GetEntityTypes().ToArray();
        return (
            "## SQL Server: which index serves which query\n",
            [.. all.Select(table => table.FindPrimaryKey()!.GetName()!)],
            [.. all.SelectMany(table => table.GetIndexes()).Select(index => index.GetDatabaseName()!)]);
    }

    [TestMethod]
    public async Task The_ten_queries_in_LINQ_return_the_answers_of_the_document()
    {
        await FillAsync();
        await using var logs = Store.NewContext();
        for (var i = 0; i < SqlDocument.Questions.Count; i++)
        {
            var question = SqlDocument.Questions[i];
            var rows = await DocumentedLinq.All[i](logs, Lines.Noon.Date).ToListAsync(Cancellation);
            // The names of the columns are those of the statement.
            var expected = string.Join('\n', Answers.Normal(question.Answer).Split('\n').Skip(1));
            Assert.AreEqual(expected, Answers.Normal(Answers.Of(rows)), question.Title);
        }
    }
}
