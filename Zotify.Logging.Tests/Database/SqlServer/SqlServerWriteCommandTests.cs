using System.Data;
using Zotify.Logging.Database;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;
using Zotify.Logging.Retention;
using Zotify.Logging.SqlServer;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>The commands of projection and retention to SQL Server, without a server: approved, and read by its parser.</summary>
[TestClass]
public sealed class SqlServerWriteCommandTests
{
    private static readonly SqlServerDialect Dialect = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task The_commands_are_the_approved_ones_and_plain()
    {
        var commands = new ApprovedCommands();
        commands.Add("Opening, adding a journal, and moving its cursor", await ProjectedAsync());
        JournalLine[] lines = [new(7, "{}"u8.ToArray(), 1, 3), new(8, "{}"u8.ToArray(), 1, 6)];
        commands.Add("Comparing lines with events",
            await SentAsync(connection => new AuditProjection().CompareAsync(connection, 1, lines, Cancellation)));
        commands.Add("Comparing lines with entries",
            await SentAsync(connection => new JobProjection().CompareAsync(connection, 1, lines, Cancellation)));
        commands.Add(
            "Counting events",
            await SentAsync(connection => AuditCounts.AddAsync(
                connection, [new AuditCountRow { Hour = Lines.Noon, EventType = "user.login", Count = 7 }], Cancellation)));
        using (var database = new RecordingServer().Open())
            commands.Add("Reserving jobs", database.ReserveJobs(JobRowReader.Columns, "[]").Text);
        commands.Add("Adding up three jobs that are known and three that are new", await SentAsync(SummariseAsync));
        commands.Add(
            "Interrupting the jobs of an earlier run",
            await SentAsync(connection => new JobProjection().SettleEarlierRunsAsync(connection, 1, 7, Cancellation)));
        commands.Add(
            "Deleting the events of a journal",
            await DeletedAsync((session, cancellation) => new AuditRowPruner(session).DeleteThroughAsync(1, 7, cancellation)));
        commands.Add(
            "Deleting entries and jobs",
            await DeletedAsync((session, cancellation) => new JobRowPruner(session).DeleteBeforeAsync(Lines.Noon, cancellation)));
        commands.Add("Locking", await SentAsync(LockAsync));
        commands.Add("Writing a run of the index of the texts", await SentAsync(connection => WriteRunAsync(connection, Cancellation)));
        commands.Add("Indexing the texts of rows that were not indexed", await IndexedAsync(true));
        commands.Add("Indexing the last rows of a journal that nobody writes", await IndexedAsync(false));
        await commands.AssertAsync("SqlServerWriteCommands", Cancellation);
    }

    /// <summary>A run of two pages.</summary>
    private static Task WriteRunAsync(LoggingConnection connection, CancellationToken cancellation)
    {
        var times = new TextBlockTimes(1);
        times.Add(0, Lines.Noon.Ticks, Lines.Noon.Ticks);
        return new TextRunTable(connection).WriteAsync(
            new TextRun(1, 1, 16, 16, Lines.Noon, Lines.Noon, new byte[8]), [[1], [2]], times, cancellation);
    }

    /// <summary>A run that is pending, or one of an idle journal; another process indexes it a moment before.</summary>
    private async Task<IEnumerable<string>> IndexedAsync(bool isPending)
    {
        var run = RecordingServer.Table(
            ["journal_id", "first_seq", "last_seq", "block_rows", "earliest", "latest", "pages"],
            [[1L, 1L, 16L, 16, Lines.Noon, Lines.Noon, DBNull.Value]]);
        return await RecordedCommands.OfTransactionAsync(
            async connection => await (await new TextMaintenance(connection, TextRunSize.Default, TimeProvider.System)
                .FindAsync(null, Cancellation))!(),
            Cancellation,
            text => text switch
            {
                _ when text.Contains("r.pages IS NULL", StringComparison.Ordinal) && text.Contains("TOP", StringComparison.Ordinal) =>
                    isPending ? run : null,
                _ when text.Contains("MAX(e.timestamp)", StringComparison.Ordinal) => RecordingServer.Table(["at"], [[Lines.Noon]]),
                _ when text.Contains("j.covered", StringComparison.Ordinal) =>
                    RecordingServer.Table(["id", "seq", "first"], [[1L, 16L, 1L]]),
                _ when text.StartsWith("SELECT r.first_seq FROM audit_text_runs AS r\nWHERE", StringComparison.Ordinal) =>
                    RecordingServer.Table(["first_seq"], [[1L]]),
                _ => null,
            });
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

    private Task<IEnumerable<string>> SentAsync(Func<LoggingConnection, Task> send) => RecordedCommands.OfTransactionAsync(
        send,
        Cancellation,
        text => text.StartsWith("UPDATE jobs SET ended_at", StringComparison.Ordinal) ? ChangedJobs() : null);
}
