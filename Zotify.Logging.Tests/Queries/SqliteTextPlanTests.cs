using System.Data.Common;
using Microsoft.Data.Sqlite;
using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries;

/// <summary>A search by the index of the texts reads only the rows of its candidates.</summary>
[TestClass]
public sealed class SqliteTextPlanTests : StoreContract
{
    private static readonly SqliteDialect Dialect = new();

    private static AuditPageCursor Cursor => new(Lines.Noon, 1, 1);

    private protected override TestStore NewStore() => new SqliteStore();

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task Candidates_of_the_index_of_the_texts_come_by_their_numbers(bool descending)
    {
        var query = new AuditQuery
        {
            Text = "some words", From = Lines.Noon, UserIds = ["u1"], EventTypes = ["user.login"], TraceIds = ["x"], Descending = descending,
        };
        var sql = AuditSearch.BuildWithin([new TextRange(1, 1, 64), new TextRange(2, 65, 128)], query, Dialect, Cursor, Lines.Noon, 256);
        Assert.AreEqual(
            "SCAN json_each VIRTUAL TABLE INDEX 1:\n"
            + "SEARCH e USING INDEX IX_audit_events_journal_id_seq (journal_id=? AND seq>? AND seq<?)\nUSE TEMP B-TREE FOR ORDER BY",
            await PlanAsync(sql));
    }

    [TestMethod]
    public async Task A_search_by_the_index_of_the_texts_scans_no_table_but_that_of_runs()
    {
        Journal.Append(Enumerable.Range(0, 3_000).Select(i => Lines.Audit(message: $"Event {i}", at: Lines.Noon.AddSeconds(i))));
        await ProjectAsync(new AuditProjection(new TextRunSize(BlockRows: 1, SmallOfLarge: 16), TimeProvider.System));
        var captured = new CapturedCommands();
        var log = new AuditLog(Store.Open(captured), new FixedReadYourWrites());
        Assert.HasCount(1, (await log.SearchAsync(new AuditQuery { Text = "\"event 7\"", Limit = 1 }, Cancellation)).Items);
        await log.FindAsync(Guid.CreateVersion7(Lines.Noon), Cancellation);

        Assert.IsGreaterThan(8, captured.Commands.Count);
        foreach (var (text, parameters) in captured.Commands)
        {
            var plan = await PlanAsync(
                SqlQuery.Raw(text, [.. parameters.Select(parameter => (DbParameter)new SqliteParameter(parameter.Name, parameter.Value))]));
            var scans = plan.Split('\n').Where(step => step.StartsWith("SCAN ", StringComparison.Ordinal)
                && !step.StartsWith("SCAN json_each", StringComparison.Ordinal)
                && step is not ("SCAN j" or "SCAN r" or "SCAN r USING INDEX sqlite_autoindex_audit_text_runs_1"
                    or "SCAN e USING INDEX IX_audit_events_timestamp_journal_id_seq"));
            Assert.AreEqual("", string.Join('\n', scans), text);
        }
    }

    private async Task<string> PlanAsync(SqlQuery query)
    {
        await using var connection = await Database.OpenForWritingAsync(Cancellation);
        var steps = await connection.ReadAsync(
            SqlQuery.Raw($"EXPLAIN QUERY PLAN {query.Text}", query.Parameters), row => row.GetString(3), Cancellation);
        return string.Join('\n', steps);
    }
}
