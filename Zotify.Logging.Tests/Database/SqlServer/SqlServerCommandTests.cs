using System.Data;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Database;
using Zotify.Logging.Instances;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;
using Zotify.Logging.Queries;
using Zotify.Logging.Retention;
using Zotify.Logging.SqlServer;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>The commands to SQL Server, without a server: approved, and read by its parser.</summary>
[TestClass]
public sealed class SqlServerCommandTests
{
    private static readonly SqlServerDialect Dialect = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task The_commands_are_the_approved_ones_and_plain()
    {
        var text = new StringBuilder();
        void Add(string what, params IEnumerable<string> commands) =>
            text.Append("-- ").Append(what).Append('\n').AppendJoin("\n", commands).Append("\n\n");

        Add("The newest audit events", Audit(new AuditQuery()));
        var cursor = new AuditPageCursor(Lines.Noon, 1, 7);
        Add("The next page of a user's", Audit(new AuditQuery { UserIds = ["u1"], EventTypes = ["user.*", "config.update"] }, cursor));
        Add("The newest of two types", Audit(new AuditQuery { EventTypes = ["user.login", "config.update"] }));
        Add("Every filter", Audit(EveryFilter));
        Add("The ids of a page's journals", await SentAsync(connection => JournalIds.ReadAsync(connection, [1, 2, 1], Cancellation)));
        Add("A page of a job", Job(new JobLogQuery("sync-1"), 1));
        Add(
            "A page of a job of two journals, filtered",
            Job(new JobLogQuery("sync-1") { MinimumLevel = LogLevel.Warning, From = Lines.Noon, To = Lines.Noon, Text = "a b" }, 2));
        Add("The tail of a job", Job(new JobLogQuery("sync-1") { Tail = 10 }, 1));
        Add("The tail of a job of two journals", Job(new JobLogQuery("sync-1") { Tail = 10 }, 2));
        Add("The newest jobs", Jobs(new JobListQuery()));
        Add("The next page of jobs, every filter", Jobs(EveryFilterOfJobs));
        foreach (var at in (DateTime?[])[Lines.Noon, null])
        {
            var ended = new JobListCursor(JobListOrder.Ended, at, "sync-1").Encode();
            Add("The next page of jobs by their end", Jobs(new JobListQuery { Order = JobListOrder.Ended, Cursor = ended }));
        }

        TextRange[] ranges = [new(1, 1, 16), new(2, 17, 32)];
        Add("The newest events of ranges", AuditSearch.BuildWithin(ranges, new AuditQuery { UserIds = ["u1"] }, Dialect, null, null, 51).Text);
        Add("Pages of the index of the texts", await SentAsync(
            connection => new TextRunTable(connection).ReadPagesAsync([new TextPageKey(1, 1, 0)], Cancellation)));
        Add("Writing a run of the index of the texts", await SentAsync(connection => WriteRunAsync(connection, Cancellation)));
        Add("Which jobs have ended", await SentAsync(connection => EndedJobsQuery.ReadAsync(connection, "[]", Cancellation)));
        Add(
            "A subscriber of a job reads its journals",
            await SentAsync(connection => JobLogReader.ReadAsync(connection, new JobLogQuery("sync-1"), new([]), new ScanBudget(), Cancellation)));
        Add("A stream of a job begins after a position, with a tail", await SentAsync(connection => BeginAsync(connection, Cancellation)));
        Add("A stream of audit events begins", await SentAsync(connection => BeginAuditAsync(connection, Cancellation)));
        Add(
            "And goes on in two journals",
            AuditStreamSearch.Rows(new AuditQuery(), Dialect, [new(1, 7), new(2, 7)], last: false, 100).Text);
        Add("Looking for what was committed to jobs that are followed", await LooksAsync());
        Add("Opening, adding a journal, and moving its cursor", await ProjectedAsync());
        JournalLine[] lines = [new(7, "{}"u8.ToArray(), 1, 3), new(8, "{}"u8.ToArray(), 1, 6)];
        Add("Comparing lines with events",
            await SentAsync(connection => new AuditProjection().CompareAsync(connection, 1, lines, Cancellation)));
        Add("Comparing lines with entries",
            await SentAsync(connection => new JobProjection().CompareAsync(connection, 1, lines, Cancellation)));
        Add(
            "Counting events",
            await SentAsync(connection => AuditCounts.AddAsync(
                connection, [new AuditCountRow { Hour = Lines.Noon, EventType = "user.login", Count = 7 }], Cancellation)));
        using (var database = new RecordingServer().Open())
            Add("Reserving jobs", database.ReserveJobs(JobRowReader.Columns, "[]").Text);
        Add("Adding up three jobs that are known and three that are new", await SentAsync(SummariseAsync));
        Add(
            "Interrupting the jobs of an earlier run",
            await SentAsync(connection => new JobProjection().SettleEarlierRunsAsync(connection, 1, 7, Cancellation)));
        Add(
            "Deleting the events of a journal",
            await DeletedAsync((session, cancellation) => new AuditRowPruner(session).DeleteThroughAsync(1, 7, cancellation)));
        Add(
            "Deleting entries and jobs",
            await DeletedAsync((session, cancellation) => new JobRowPruner(session).DeleteBeforeAsync(Lines.Noon, cancellation)));
        Add("Locking", await SentAsync(LockAsync));

        foreach (var given in text.ToString().Split("\n-- "))
        {
            var part = given.StartsWith("-- ", StringComparison.Ordinal) ? given : $"-- {given}";
            TransactSql.AssertPlain(part);
            TransactSql.AssertQualified(Dialect.Qualify(part), SqlServerSchema.Default);
        }

        var path = ApprovedPath();
        if (Environment.GetEnvironmentVariable("ZOTIFY_APPROVE") is "1") await File.WriteAllTextAsync(path, text.ToString(), Cancellation);
        Assert.AreEqual(
            await File.ReadAllTextAsync(path, Cancellation), text.ToString(), "Set ZOTIFY_APPROVE=1 for one run to approve the change.");
    }

    private static AuditQuery EveryFilter => new()
    {
        UserIds = ["u1", "u2"], EventTypes = ["user.login"], SourceIps = ["::1"], TraceIds = ["t1"], Instances = ["m1/app"],
        From = Lines.Noon, To = Lines.Noon,
        Text = "a", Descending = false, Details = new Dictionary<string,
        IReadOnlyList<string>> { ["source"] = ["web"], ["a.b.c"] = ["1", "2"] },
    };

    private static JobListQuery EveryFilterOfJobs => new()
    {
        Statuses = ["running", "failed"], JobTypes = ["sync"], From = Lines.Noon, To = Lines.Noon, Text = "a b",
        Cursor = new JobListCursor(JobListOrder.Began, Lines.Noon, "sync-1").Encode(),
    };

    private static string Jobs(JobListQuery query) => JobListSearch.Build(
        query, Dialect, query.Cursor is { } cursor ? JobListCursor.Decode(cursor, query.Order) : null, 51, StalledStates.None).Text;

    private static string Audit(AuditQuery query, AuditPageCursor? after = null) => AuditSearch.Build(query, Dialect, after, 51).Text;

    private static string Job(JobLogQuery query, int journals) =>
        JobLogSearch.Build(
            query, Dialect, [.. Enumerable.Range(1, journals).Select(journal => KeyValuePair.Create((long)journal, 7L))], 100).Text;

    /// <summary>The queries of a stream of a job before it begins.</summary>
    private static async Task BeginAsync(LoggingConnection connection, CancellationToken cancellation)
    {
        var place = new JobCursor(new JournalsCursor([new(1, 5)]), 5);
        await connection.HasLinesUpToAsync(place.Journals, cancellation);
        await JobResumePoint.CountAsync(connection, "sync-1", place, new() { [1] = 7 }, cancellation);
        await JobResumePoint.HasAnyUpToAsync(connection, "sync-1", place.Journals, cancellation);
        await connection.FirstOfEachAsync(
            JobLogSearch.Build(new JobLogQuery("sync-1") { Tail = 10 }, Dialect, [new(1, 7), new(2, 7)], 10), cancellation);
    }

    /// <summary>A run of two pages.</summary>
    private static Task WriteRunAsync(LoggingConnection connection, CancellationToken cancellation)
    {
        var times = new TextBlockTimes(1);
        times.Add(0, Lines.Noon.Ticks, Lines.Noon.Ticks);
        return new TextRunTable(connection).WriteAsync(
            new TextRun(1, 1, 16, 16, Lines.Noon, Lines.Noon, new byte[8]), [[1], [2]], times, cancellation);
    }

    private static async Task BeginAuditAsync(LoggingConnection connection, CancellationToken cancellation)
    {
        var query = new AuditQuery { UserIds = ["u1"], From = Lines.Noon, Text = "a" };
        await AuditRange.FindAsync(connection, JournalsCursor.Start, cancellation);
        await new AuditRange(1, Guid.Empty, 7, 8).IsGoneAfterAsync(connection, 0, cancellation);
        await connection.FirstOfEachAsync(AuditStreamSearch.All(query, Dialect), cancellation);
        await connection.FirstOfEachAsync(AuditStreamSearch.Newest(query, Dialect, 100), cancellation);
        await connection.FirstOfEachAsync(AuditStreamSearch.Rows(query, Dialect, [new(1, 7), new(2, 7)], last: true, 100), cancellation);
    }

    /// <summary>A first poll, and one that finds that a checkpoint has moved.</summary>
    private async Task<IEnumerable<string>> LooksAsync()
    {
        var seq = 0L;
        var server = new RecordingServer(
            text => text.Contains("FROM journals AS j", StringComparison.Ordinal)
                ? RecordingServer.Table(["id", "seq"], [[1L, seq += 7]])
                : null);
        using var database = server.Open();
        var jobs = new SubscribedJobs();
        jobs.Add("sync-1", new TableSubscription(_ => { }));
        var look = new JournalPoll(database, jobs, () => { });
        await look.RunAsync(Cancellation);
        server.Commands.Clear();
        Assert.IsTrue(await look.RunAsync(Cancellation));
        await look.CloseAsync();
        return server.Commands;
    }

    private async Task<IEnumerable<string>> SentAsync(Func<LoggingConnection, Task> send)
    {
        var server = new RecordingServer(text => text switch
        {
            _ when text.StartsWith("UPDATE jobs SET ended_at", StringComparison.Ordinal) => ChangedJobs(),
            _ when text.Contains("SUM(", StringComparison.Ordinal) => RecordingServer.Table(["sum"], [[7L]]),
            _ when text.Contains("MIN(f.seq)", StringComparison.Ordinal) => RecordingServer.Table(["journal_id", "seq"], [[1L, 7L]]),
            _ => null,
        });
        using var database = server.Open();
        await using var connection = await database.OpenForWritingAsync(Cancellation);
        server.Commands.Clear();
        await connection.CommitAsync(
            async () =>
            {
                await send(connection);
                return true;
            },
            Cancellation);
        return server.Commands;
    }

    /// <summary>A journal that the database does not have, and two lines of it that need no rows.</summary>
    private async Task<IEnumerable<string>> ProjectedAsync()
    {
        var journal = new FakeJournal();
        journal.Append("1", "2");
        var asked = 0;
        var server = new RecordingServer(text => !text.Contains("WHERE j.journal =", StringComparison.Ordinal) || asked++ == 0
            ? null
            : RecordingServer.Row(journal));
        using var database = server.Open();
        var rejected = new RejectedJournal(Path.Combine(Path.GetTempPath(), journal.FileName), TimeProvider.System, (_, _) => { });
        var identifier = new JournalIdentifier(journal, new NoProjection(), rejected, "m1/app", (_, _) => { });
        await using var session = await ProjectionSession.OpenAsync(database, new NoProjection(), rejected, journal, identifier,
            Cancellation);
        Assert.IsTrue(await session.ApplyAsync(session.Parse(journal.Read(JournalCheckpoint.Start, 2)), Cancellation));
        return server.Commands;
    }

    /// <summary>A chunk of each kind, which is not full.</summary>
    private async Task<IEnumerable<string>> DeletedAsync(Func<RetentionSession, CancellationToken, Task> delete)
    {
        var server = new RecordingServer(text => text switch
        {
            _ when text.Contains("MAX(c.seq)", StringComparison.Ordinal) =>
                RecordingServer.Table(["count", "seq", "first", "last"], [[1, 7L, Lines.Noon, Lines.Noon]]),
            _ => null,
        });
        using var database = server.Open();
        await using var session = await RetentionSession.OpenAsync(database, Cancellation);
        server.Commands.Clear();
        await delete(session, Cancellation);
        return server.Commands;
    }

    private Task SummariseAsync(LoggingConnection connection) => JobProjection.SummariseAsync(
        connection, [.. Enumerable.Range(0, 3).Select(i => JobFacts.First(Entry($"job-{i}")))], [.. Enumerable.Range(0, 6).Select(i => new JobLine(Entry($"job-{i}"), "sync"))], Cancellation);

    private Task LockAsync(LoggingConnection connection) =>
        SqlServerLock.TryAcquireAsync(connection, "zotify", TimeSpan.FromSeconds(1), Cancellation);

    private static DataTable ChangedJobs()
    {
        var names = JobRowReader.Columns.Split(',').Select(column => column.Trim()[2..]).ToArray();
        using var jobs = new SqlServerRows<JobRow>(
            SqlTables.Jobs, [.. Enumerable.Range(0, 6).Select(i => JobFacts.First(Entry($"job-{i}")))], Dialect);
        var table = new DataTable();
        foreach (var name in names) table.Columns.Add(name, jobs.GetFieldType(jobs.GetOrdinal(name)));
        while (jobs.Read()) table.Rows.Add([.. names.Select(name => jobs[name])]);
        return table;
    }

    private static JobLogRow Entry(string job) => new()
    {
        JournalId = 1, Seq = 1, JobId = job, Instance = "m1/app", Timestamp = Lines.Noon, Level = "Information", Category = "",
        Message = "m",
    };

    private static string ApprovedPath([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "../../Approval/SqlServerCommands.approved.sql");
}
