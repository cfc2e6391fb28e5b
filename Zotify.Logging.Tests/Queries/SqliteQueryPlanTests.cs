using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Database;
using Zotify.Logging.Instances;
using Zotify.Logging.Projection;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Journal;

namespace Zotify.Logging.Tests.Queries;

/// <summary>Common queries read only the rows that they return: by an index, in its order.</summary>
[TestClass]
public sealed class SqliteQueryPlanTests : StoreContract
{
    private static readonly SqliteDialect Dialect = new();

    private static AuditPageCursor Cursor => new(Lines.Noon, 1, 1);

    private protected override TestStore NewStore() => new SqliteStore();

    [TestMethod]
    public async Task The_newest_of_all_come_by_time() =>
        await AssertPlanAsync(Audit(new AuditQuery()), "SCAN e USING INDEX IX_audit_events_timestamp_journal_id_seq");

    [TestMethod]
    public async Task Later_pages_and_times_start_in_the_index() =>
        await AssertPlanAsync(
            Audit(new AuditQuery { From = Lines.Noon }, Cursor),
            "SEARCH e USING INDEX IX_audit_events_timestamp_journal_id_seq (timestamp>? AND timestamp<?)");

    [TestMethod]
    [DataRow(true, "e.timestamp <")]
    [DataRow(false, "e.timestamp >")]
    public void A_later_page_is_bounded_by_its_cursor_only(bool descending, string bound)
    {
        // The plan does not show at which of two bounds it starts. It was that of the query, so each page stepped through all pages before
        // it.
        var query = new AuditQuery { From = Lines.Noon.AddDays(-1), To = Lines.Noon.AddDays(1), Descending = descending };
        // The cursor's own, and that of other events at its time.
        Assert.AreEqual(2, AuditSearch.Build(query, Dialect, Cursor, 50).Text.Split(bound).Length - 1);
    }

    [TestMethod]
    public async Task The_newest_of_a_user_come_by_user() =>
        await AssertPlanAsync(
            Audit(
                new AuditQuery { UserIds = ["u1"], EventTypes = ["user.login"], Text = "x" },
                Cursor), "SEARCH e USING INDEX IX_audit_events_user (user_id=? AND timestamp<?)");

    [TestMethod]
    public async Task The_newest_of_an_event_type_come_by_type() =>
        await AssertPlanAsync(
            Audit(new AuditQuery { EventTypes = ["user.login"] }),
            "SEARCH e USING INDEX IX_audit_events_event_type_timestamp_journal_id_seq (event_type=?)");

    [TestMethod]
    public async Task The_newest_of_a_trace_come_by_trace_and_are_sorted() =>
        await AssertPlanAsync(
            Audit(new AuditQuery { TraceIds = ["x"] }),
            "SEARCH e USING INDEX IX_audit_events_trace (trace_id=?)\nUSE TEMP B-TREE FOR ORDER BY");

    [TestMethod]
    public async Task The_newest_of_several_values_are_the_newest_of_each()
    {
        var plan = await PlanAsync(Audit(new AuditQuery { EventTypes = ["user.login", "user.logout"], From = Lines.Noon }));
        Assert.HasCount(
            3, plan.Split("SEARCH e USING INDEX IX_audit_events_event_type_timestamp_journal_id_seq (event_type=? AND timestamp>?)"), plan);
        Assert.DoesNotContain("SCAN e USING", plan);
    }

    [TestMethod]
    public async Task The_types_that_there_are_come_by_a_step_each()
    {
        Journal.Append(Lines.Audit("user.login"), Lines.Audit("user.logout"), Lines.Audit("users"));
        await ProjectAsync(new AuditProjection());
        var captured = new CapturedCommands();
        await new AuditLog(Store.Open(captured), new FixedReadYourWrites())
            .SearchAsync(new AuditQuery { EventTypes = ["user.*"] }, Cancellation);

        var steps = captured.Commands.Where(command => command.Text.Contains("ORDER BY e.event_type LIMIT", StringComparison.Ordinal))
            .ToArray();
        Assert.HasCount(3, steps);
        foreach (var (text, parameters) in steps)
        {
            var plan = await PlanAsync(
                SqlQuery.Raw(text, [.. parameters.Select(parameter => (DbParameter)new SqliteParameter(parameter.Name, parameter.Value))]));
            Assert.Contains("SEARCH e USING COVERING INDEX IX_audit_events_event_type_timestamp_journal_id_seq (event_type>?)", plan);
        }
    }

    [TestMethod]
    public async Task Types_by_their_start_come_by_time_without_sorting() =>
        await AssertPlanAsync(
            Audit(new AuditQuery { EventTypes = ["user.*"], Descending = false }),
            "SCAN e USING INDEX IX_audit_events_timestamp_journal_id_seq");

    [TestMethod]
    public async Task A_page_of_a_job_comes_by_job()
    {
        var query = new JobLogQuery("sync-1") { MinimumLevel = LogLevel.Warning, From = Lines.Noon, Text = "x" };
        await AssertPlanAsync(
            JobLogSearch.Build(query, Dialect, [new(1, 7)], 100),
            "SEARCH l USING INDEX IX_job_logs_job_id_journal_id_seq (job_id=? AND journal_id=? AND seq>?)");
    }

    [TestMethod]
    public async Task A_page_of_a_job_of_several_journals_comes_by_job_and_sorts_a_page_of_each()
    {
        var plan = await PlanAsync(JobLogSearch.Build(new JobLogQuery("sync-1"), Dialect, [new(1, 7), new(2, 9)], 100));
        Assert.HasCount(
            3, plan.Split("SEARCH l USING INDEX IX_job_logs_job_id_journal_id_seq (job_id=? AND journal_id=? AND seq>?)"), plan);
        Assert.DoesNotContain("SCAN l", plan);
    }

    [TestMethod]
    public async Task The_tail_of_a_job_comes_by_job()
    {
        var plan = await PlanAsync(JobLogSearch.Build(new JobLogQuery("sync-1") { Tail = 10 }, Dialect, [new(1, 0)], 100));
        Assert.Contains("SEARCH l USING INDEX IX_job_logs_job_id_journal_id_seq (job_id=? AND journal_id=? AND seq>?)", plan);
    }

    [TestMethod]
    public async Task Nothing_that_a_reader_of_a_job_asks_scans_or_sorts_more_than_a_page()
    {
        await using (await Database.OpenForWritingAsync(Cancellation))
        {
        }

        for (var i = 0; i < 3; i++)
        {
            var journal = new FakeJournal();
            journal.Append(Lines.Job(message: "1"), Lines.Job(message: "2"));
            await ProjectAsync(new UnsettledJobs(), journal, $"m{i}/app");
        }

        var captured = new CapturedCommands();
        var logs = new JobLogs(Store.Open(captured), new FixedReadYourWrites());
        var page = await logs.ReadAsync(new JobLogQuery("sync-1") { Limit = 4 }, Cancellation);
        await logs.ReadAsync(new JobLogQuery("sync-1") { After = page!.NextAfter }, Cancellation);
        await logs.ReadAsync(new JobLogQuery("sync-1") { Tail = 4, Limit = 3 }, Cancellation);

        Assert.IsGreaterThan(12, captured.Commands.Count);
        foreach (var (text, parameters) in captured.Commands)
        {
            var plan = await PlanAsync(
                SqlQuery.Raw(text, [.. parameters.Select(parameter => (DbParameter)new SqliteParameter(parameter.Name, parameter.Value))]));
            var steps = plan.Split('\n');
            // It has read at most a page by an index; the few journals of a page come as a list.
            string[] pages =
            [
                .. steps.Where(
                    step => step.StartsWith("CO-ROUTINE ", StringComparison.Ordinal)
                        || step.StartsWith("MATERIALIZE ", StringComparison.Ordinal)).Select(step => step.Split(' ')[1])
            ];
            var scans = steps.Where(
                step => step.StartsWith("SCAN ", StringComparison.Ordinal)
                    && !step.Contains(" VIRTUAL TABLE ", StringComparison.Ordinal)
                    && !pages.Contains(step[5..]));
            Assert.IsEmpty(scans, $"{text}\n{plan}");
        }
    }

    [TestMethod]
    public async Task The_jobs_that_began_last_come_by_that_time_whatever_is_asked_of_them()
    {
        await AssertPlanAsync(JobListSearch.Build(new JobListQuery(), Dialect, after: null, 51, StalledStates.None), "SCAN j USING INDEX IX_jobs_first_at_job_id");
        var query = new JobListQuery { Statuses = ["failed"], JobTypes = ["sync", "import"], From = Lines.Noon };
        var after = new JobListCursor(JobListOrder.Began, Lines.Noon, "sync-1");
        await AssertPlanAsync(JobListSearch.Build(query, Dialect, after, 51, StalledStates.None), "SEARCH j USING INDEX IX_jobs_first_at_job_id (first_at<?)");
    }

    [TestMethod]
    public async Task A_page_of_jobs_begins_at_its_cursor_in_the_index()
    {
        var began = new JobListCursor(JobListOrder.Began, Lines.Noon, "sync-1");
        var plan = await PlanAsync(
            JobListSearch.Build(new JobListQuery { To = Lines.Noon.AddHours(1) }, Dialect, began, 51, StalledStates.None));
        Assert.AreEqual("SEARCH j USING INDEX IX_jobs_first_at_job_id (first_at<?)", plan);

        var byEnd = new JobListQuery { Order = JobListOrder.Ended };
        var ended = JobListSearch.Build(byEnd, Dialect, new JobListCursor(JobListOrder.Ended, Lines.Noon, "sync-1"), 51, StalledStates.None);
        var steps = (await PlanAsync(ended)).Split('\n');
        AssertSame(
            steps.Where(step => step.EndsWith(')') && step.Contains(" j ", StringComparison.Ordinal)),
            "SEARCH j USING INDEX IX_jobs_ended_at_job_id (ended_at<?)", "SEARCH j USING INDEX IX_jobs_ended_at_job_id (ended_at=?)");
        Assert.IsFalse(steps.Any(step => step.StartsWith("SCAN j", StringComparison.Ordinal) && step.Contains("jobs", StringComparison.Ordinal)));
        var going = JobListSearch.Build(byEnd, Dialect, new JobListCursor(JobListOrder.Ended, null, "sync-1"), 51, StalledStates.None);
        Assert.AreEqual("SEARCH j USING INDEX IX_jobs_ended_at_job_id (ended_at=? AND job_id<?)", await PlanAsync(going));
    }

    [TestMethod]
    public async Task Waiting_for_jobs_and_for_a_source_queries_by_key()
    {
        await using (await Database.OpenForWritingAsync(Cancellation))
        {
        }

        using var folder = new JournalFolder();
        folder.Write("m1");
        var captured = new CapturedCommands();
        await Store.Open(captured).ReadAsync((connection, cancellation) => EndedJobsQuery.ReadAsync(connection, """["a","b"]""", cancellation), Cancellation);
        await new SidecarJournal(folder.Path, JournalFolder.Name, Store.Open(captured)).ProjectedSeqAsync(Cancellation);
        // The third reads all journals, because the database does not have the id of this one.
        Assert.HasCount(3, captured.Commands);
        foreach (var (text, parameters) in captured.Commands.Take(2))
        {
            var plan = await PlanAsync(
                SqlQuery.Raw(text, [.. parameters.Select(parameter => (DbParameter)new SqliteParameter(parameter.Name, parameter.Value))]));
            Assert.StartsWith("SEARCH j USING INDEX ", plan, text);
        }
    }

    [TestMethod]
    [DataRow(null, DisplayName = "all")]
    [DataRow("u1", DisplayName = "of a user")]
    public async Task A_stream_of_audit_events_goes_on_in_the_index_of_its_cursor(string? user)
    {
        var query = new AuditQuery { UserIds = user is null ? [] : [user] };
        await AssertPlanAsync(
            AuditStreamSearch.Rows(
                query,
                Dialect,
                [new(1, 7)],
                last: false,
                100), "SEARCH e USING INDEX IX_audit_events_journal_id_seq (journal_id=? AND seq>?)");
    }

    private static SqlQuery Audit(AuditQuery query, AuditPageCursor? after = null) => AuditSearch.Build(query, Dialect, after, 51);

    private async Task AssertPlanAsync(SqlQuery query, string plan) => Assert.AreEqual(plan, await PlanAsync(query));

    private async Task<string> PlanAsync(SqlQuery query)
    {
        await using var connection = await Database.OpenForWritingAsync(Cancellation);
        var steps = await connection.ReadAsync(
            SqlQuery.Raw($"EXPLAIN QUERY PLAN {query.Text}", query.Parameters), row => row.GetString(3), Cancellation);
        return string.Join('\n', steps);
    }
}
