using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Projection;
using Zotify.Logging.Tests.Database.SqlServer;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Documentation;

/// <summary><c>docs/sql.md</c> is right: the columns, and the queries as they are written there.</summary>
public abstract partial class DocumentationContract : StoreContract
{
    /// <summary>The engine's name in the document.</summary>
    private protected abstract string Engine { get; }

    [TestMethod]
    public async Task The_columns_are_those_of_the_tables()
    {
        await using var context = Store.NewContext();
        foreach (var table in context.Model.GetEntityTypes())
        {
            var section = SqlDocument.Section($"## {table.GetTableName()}\n");
            var documented = Column().Matches(section).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);
            Assert.AreEqual(
                string.Join(' ', table.GetProperties().Select(column => column.GetColumnName()).Order(StringComparer.Ordinal)),
                string.Join(' ', documented));
        }
    }

    [TestMethod]
    public async Task The_indexes_are_those_of_the_tables()
    {
        await Database.MigrateAsync(Cancellation);
        var (section, keys, indexes) = await IndexesAsync();
        var documented = Index().Matches(SqlDocument.Section(section)).Select(match => match.Value).Distinct().ToArray();

        CollectionAssert.AreEqual(Array.Empty<string>(), documented.Except(indexes).Except(keys).ToArray(), "that are not there");
        CollectionAssert.AreEqual(Array.Empty<string>(), indexes.Except(documented).ToArray(), "that are not documented");
    }

    [TestMethod]
    public async Task The_ten_statements_return_the_answers_of_the_document()
    {
        await FillAsync();
        Assert.HasCount(10, SqlDocument.Questions);
        await using var connection = Store.Connect();
        foreach (var question in SqlDocument.Questions)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = question.Statements[Engine];
            Assert.AreEqual(Answers.Normal(question.Answer), Answers.Normal(await Answers.OfAsync(command, Cancellation)), question.Title);
        }
    }

    [TestMethod]
    public void Every_statement_for_SQL_Server_is_T_SQL()
    {
        foreach (var question in SqlDocument.Questions) TransactSql.AssertParses(question.Statements["SQL Server"]);
    }

    /// <summary>The section that names them, and the names of the primary keys and of the other indexes.</summary>
    private protected abstract Task<(string Section, string[] Keys, string[] Indexes)> IndexesAsync();

    private protected async Task FillAsync()
    {
        var (jobs, audit) = (new FakeJournal("job_logs.json"), new FakeJournal("audit.log.json"));
        jobs.Append(
            Lines.Job("sync-1", Lines.Noon, "job.started", message: "started", jobType: "sync"),
            Lines.Job("sync-1", Lines.Noon.AddSeconds(30), level: "Warning", message: "careful", done: 5, total: 10),
            Lines.Job("sync-1", Lines.Noon.AddSeconds(60), "job.completed", message: "done", done: 10, total: 10),
            Lines.Job("slow-1", Lines.Noon, "job.started", message: "started", jobType: "sync"),
            Lines.Job("slow-1", Lines.Noon.AddHours(2), "job.failed", message: "failed"),
            Lines.Job("left-1", Lines.Noon, message: "left"),
            Lines.Job("running-1", Lines.Noon.AddHours(3), "job.started", message: "started", jobType: "sync", instance: "m1/app"),
            Lines.Job("running-1", Lines.Noon.AddHours(3), message: "running on", done: 3, total: 10));
        audit.Append(
            Lines.Audit("user.login", Lines.Noon, "u42", new { source = "web" }, sourceIp: "::1", message: "hello"),
            Lines.Audit("user.logout", Lines.Noon.AddSeconds(1), "u42", sourceIp: "::1", message: "bye"),
            Lines.Audit(
                "user.login_failed", Lines.Noon, sourceIp: "10.0.0.1"), Lines.Audit("user.login_failed", Lines.Noon, sourceIp: "10.0.0.2"),
            Lines.Audit("user.login_failed", Lines.Noon.AddSeconds(1), sourceIp: "10.0.0.2"),
            Lines.Audit("config.update", Lines.Noon, "u43", new { setting = "pause_ms", value = 7 }, message: "changed"),
            Lines.Audit("config.update", Lines.Noon, "u43", new { setting = "other" }, message: "changed, too"));
        audit.Append(Enumerable.Range(0, 4).Select(_ => Lines.Audit("user.login", Lines.Noon.AddDays(-1), "u42")));
        await ProjectAsync(new AuditProjection(), audit);
        await ProjectAsync(new UnsettledJobs(), jobs);
        await Store.ExecuteAsync($"UPDATE jobs SET status = 'interrupted', ended_at = {Store.Literal(Lines.Noon)} WHERE job_id = 'left-1'");
    }

    [GeneratedRegex(@"\b(IX|PK)_\w+")]
    private static partial Regex Index();

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Column();
}
