using System.Data;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Database;
using Zotify.Logging.Instances;
using Zotify.Logging.Queries;
using Zotify.Logging.SqlServer;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>The queries to SQL Server, without a server: approved, and read by its parser.</summary>
[TestClass]
public sealed class SqlServerCommandTests
{
    private static readonly SqlServerDialect Dialect = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task The_commands_are_the_approved_ones_and_plain()
    {
        var commands = new ApprovedCommands();
        commands.Add("The newest audit events", Audit(new AuditQuery()));
        var cursor = new AuditPageCursor(Lines.Noon, 1, 7);
        commands.Add("The next page of a user's", Audit(new AuditQuery { UserIds = ["u1"], EventTypes = ["user.*", "config.update"] }, cursor));
        commands.Add("The newest of two types", Audit(new AuditQuery { EventTypes = ["user.login", "config.update"] }));
        commands.Add("Every filter", Audit(EveryFilter));
        commands.Add("The ids of a page's journals", await SentAsync(connection => JournalIds.ReadAsync(connection, [1, 2, 1], Cancellation)));
        commands.Add("A page of a job", Job(new JobLogQuery("sync-1"), 1));
        commands.Add(
            "A page of a job of two journals, filtered",
            Job(new JobLogQuery("sync-1") { MinimumLevel = LogLevel.Warning, From = Lines.Noon, To = Lines.Noon, Text = "a b" }, 2));
        commands.Add("The tail of a job", Job(new JobLogQuery("sync-1") { Tail = 10 }, 1));
        commands.Add("The tail of a job of two journals", Job(new JobLogQuery("sync-1") { Tail = 10 }, 2));
        commands.Add("The newest jobs", Jobs(new JobListQuery()));
        commands.Add("The next page of jobs, every filter", Jobs(EveryFilterOfJobs));
        foreach (var at in (DateTime?[])[Lines.Noon, null])
        {
            var ended = new JobListCursor(JobListOrder.Ended, at, "sync-1").Encode();
            commands.Add("The next page of jobs by their end", Jobs(new JobListQuery { Order = JobListOrder.Ended, Cursor = ended }));
        }

        TextRange[] ranges = [new(1, 1, 16), new(2, 17, 32)];
        commands.Add("The newest events of ranges", AuditSearch.BuildWithin(ranges, new AuditQuery { UserIds = ["u1"] }, Dialect, null, null, 51).Text);
        commands.Add("Pages of the index of the texts", await SentAsync(
            connection => new TextRunTable(connection).ReadPagesAsync([new TextPageKey(1, 1, 0)], Cancellation)));
        commands.Add("Which jobs have ended", await SentAsync(connection => EndedJobsQuery.ReadAsync(connection, "[]", Cancellation)));
        commands.Add(
            "A subscriber of a job reads its journals",
            await SentAsync(connection => JobLogReader.ReadAsync(connection, new JobLogQuery("sync-1"), new([]), new ScanBudget(), Cancellation)));
        commands.Add("A stream of a job begins after a position, with a tail", await SentAsync(connection => BeginAsync(connection, Cancellation)));
        commands.Add("A stream of audit events begins", await SentAsync(connection => BeginAuditAsync(connection, Cancellation)));
        commands.Add(
            "And goes on in two journals",
            AuditStreamSearch.Rows(new AuditQuery(), Dialect, [new(1, 7), new(2, 7)], last: false, 100).Text);
        commands.Add("Looking for what was committed to jobs that are followed", await LooksAsync());
        await commands.AssertAsync("SqlServerCommands", Cancellation);
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

    private Task<IEnumerable<string>> SentAsync(Func<LoggingConnection, Task> send) => RecordedCommands.OfTransactionAsync(
        send,
        Cancellation,
        text => text switch
        {
            _ when text.Contains("SUM(", StringComparison.Ordinal) => RecordingServer.Table(["sum"], [[7L]]),
            _ when text.Contains("MIN(f.seq)", StringComparison.Ordinal) => RecordingServer.Table(["journal_id", "seq"], [[1L, 7L]]),
            _ => null,
        });
}
