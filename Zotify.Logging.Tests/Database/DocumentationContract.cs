using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Projection;
using Zotify.Logging.Tests.Database.SqlServer;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database;

/// <summary><c>docs/sql.md</c> is right: the columns, and the queries as they are written there.</summary>
public abstract partial class DocumentationContract : StoreContract
{
    private static readonly string[] Both = ["SQLite", "SQL Server"];

    /// <summary>The engine's name in the document.</summary>
    private protected abstract string Engine { get; }

    [TestMethod]
    public async Task The_columns_are_those_of_the_tables()
    {
        await using var context = Store.NewContext();
        foreach (var table in context.Model.GetEntityTypes())
        {
            var section = Section($"## {table.GetTableName()}\n");
            var documented = Column().Matches(section).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);
            Assert.AreEqual(
                string.Join(' ', table.GetProperties().Select(column => column.GetColumnName()).Order(StringComparer.Ordinal)),
                string.Join(' ', documented));
        }
    }

    [TestMethod]
    [StandInLimit("CONVERT(…, 126) has a blank in the place of T there.")]
    public async Task The_ten_queries_return_what_the_document_says()
    {
        await FillAsync();
        string[] answers =
        [
            "running-1|sync|m1/app|3|10|TIME|running on", "slow-1|sync|failed|7200\nsync-1|sync|completed|60\nleft-1||interrupted|0",
            "2026-11-23T12|1\n2026-11-23T14|1",
            "TIME|Information|started||\nTIME|Warning|careful|5|10\nTIME|Information|done|10|10", "TIME|Warning||careful|",
            "TIME|user.logout|::1|bye|\nTIME|user.login|::1|hello|{\"source\":\"web\"}",
            "TIME|config.update|2\nTIME|user.login|1\nTIME|user.login_failed|3\nTIME|user.logout|1", "10.0.0.2|2|TIME\n10.0.0.1|1|TIME",
            "TIME|u43|pause_ms|changed", "m1/app|fake.json|11|ID\nm1/app|fake.json|8|ID",
        ];
        var queries = Queries().Where(query => query.Engines.Contains(Engine)).ToArray();
        Assert.HasCount(10, queries);
        for (var i = 0; i < queries.Length; i++)
        {
            var answer = await Store.ReadTextAsync(queries[i].Text);
            Assert.AreEqual(answers[i], AnyUuid().Replace(AnyTime().Replace(answer, "TIME"), "ID"), queries[i].Title);
        }
    }

    [TestMethod]
    public void Every_query_for_SQL_Server_is_T_SQL()
    {
        var queries = Queries().Where(query => query.Engines.Contains("SQL Server")).ToArray();
        Assert.HasCount(10, queries);
        foreach (var query in queries) TransactSql.AssertParses(query.Text);
    }

    private async Task FillAsync()
    {
        var jobs = new FakeJournal();
        jobs.Append(
            Lines.Job("sync-1", Lines.Noon, "job.started", message: "started", jobType: "sync"),
            Lines.Job("sync-1", Lines.Noon.AddSeconds(30), level: "Warning", message: "careful", done: 5, total: 10),
            Lines.Job("sync-1", Lines.Noon.AddSeconds(60), "job.completed", message: "done", done: 10, total: 10),
            Lines.Job("slow-1", Lines.Noon, "job.started", message: "started", jobType: "sync"),
            Lines.Job("slow-1", Lines.Noon.AddHours(2), "job.failed", message: "failed"),
            Lines.Job("left-1", Lines.Noon, message: "left"),
            Lines.Job("running-1", Lines.Noon.AddHours(3), "job.started", message: "started", jobType: "sync", instance: "m1/app"),
            Lines.Job("running-1", Lines.Noon.AddHours(3), message: "running on", done: 3, total: 10));
        Journal.Append(
            Lines.Audit("user.login", Lines.Noon, "u42", new { source = "web" }, sourceIp: "::1", message: "hello"),
            Lines.Audit("user.logout", Lines.Noon.AddSeconds(1), "u42", sourceIp: "::1", message: "bye"),
            Lines.Audit(
                "user.login_failed", Lines.Noon, sourceIp: "10.0.0.1"), Lines.Audit("user.login_failed", Lines.Noon, sourceIp: "10.0.0.2"),
            Lines.Audit("user.login_failed", Lines.Noon.AddSeconds(1), sourceIp: "10.0.0.2"),
            Lines.Audit("config.update", Lines.Noon, "u43", new { setting = "pause_ms", value = 7 }, message: "changed"),
            Lines.Audit("config.update", Lines.Noon, "u43", new { setting = "other" }, message: "changed, too"));
        Journal.Append(Enumerable.Range(0, 4).Select(_ => Lines.Audit("user.login", Lines.Noon.AddDays(-1), "u42")));
        await ProjectAsync(new AuditProjection());
        await ProjectAsync(new UnsettledJobs(), jobs);
        await Store.ExecuteAsync($"UPDATE jobs SET status = 'interrupted', ended_at = {Store.Literal(Lines.Noon)} WHERE job_id = 'left-1'");
    }

    private static IEnumerable<(string Title, string[] Engines, string Text)> Queries() =>
        from part in Section("## Ten queries\n").Split("\n### ").Skip(1)
        from query in Fence().Matches(part)
        select (
            part[..part.IndexOf('\n', StringComparison.Ordinal)],
            query.Groups["engine"] is { Success: true, Value: var engine } ? [engine] : Both,
            query.Groups["text"].Value);

    private static string Section(string heading)
    {
        var document = File.ReadAllText(DocumentPath());
        var start = document.IndexOf(heading, StringComparison.Ordinal);
        Assert.IsGreaterThanOrEqualTo(0, start, heading);
        var end = document.IndexOf("\n## ", start + heading.Length, StringComparison.Ordinal);
        return end < 0 ? document[start..] : document[start..end];
    }

    private static string DocumentPath([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "../../docs/sql.md");

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Column();

    [GeneratedRegex(@"(?:In (?<engine>SQLite|SQL Server):\n\n)?```sql\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z|\b\d\d/\d\d/\d{4} \d\d:\d\d:\d\d")]
    private static partial Regex AnyTime();

    [GeneratedRegex(@"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")]
    private static partial Regex AnyUuid();
}
