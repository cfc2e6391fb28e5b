using Zotify.Logging.Database;
using Zotify.Logging.Handlers;
using Zotify.Logging.Instances;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>The commands about instances to SQL Server, without a server: approved, and read by its parser.</summary>
[TestClass]
public sealed class SqlServerInstanceCommandTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task The_commands_are_the_approved_ones_and_plain()
    {
        var commands = new ApprovedCommands();
        commands.Add("Seeing an instance for the first time, later, and at its stop", await SentAsync(SeeAsync));
        commands.Add("Ending the jobs of one that is gone", await SentAsync(AbandonAsync));
        commands.Add("The instances, the stalled jobs and the overdue types", await SentAsync(WatchAsync));
        commands.Add("The jobs that are stalled or failed", await SentAsync(ListAsync));
        await commands.AssertAsync("SqlServerInstanceCommands", Cancellation);
    }

    private static JobRules Rules => JobRules.Of(new DatabaseJobLogHandlerOptions
    {
        SilentAfter = { ["sync"] = TimeSpan.FromMinutes(1), ["sync.*"] = TimeSpan.FromMinutes(2), ["*"] = TimeSpan.FromHours(1) },
        ExpectedEvery = { ["backup"] = TimeSpan.FromDays(1), ["sync.*"] = TimeSpan.FromDays(1) },
    });

    private static DateTimeOffset Now { get; } = new(Lines.Noon);

    private async Task SeeAsync(LoggingConnection connection)
    {
        var run = new InstanceRow { Instance = "m1/app", StartedAt = Lines.Noon, SeenAt = Lines.Noon, Version = "1.4.2" };
        await InstanceTable.BeatAsync(connection, run, isFirst: true, Cancellation);
        await InstanceTable.BeatAsync(connection, run, isFirst: false, Cancellation);
        await InstanceTable.ReclaimJobsAsync(connection, run, Cancellation);
        await InstanceTable.StopAsync(connection, run, Cancellation);
    }

    private async Task AbandonAsync(LoggingConnection connection)
    {
        using var database = new RecordingServer().Open();
        await new JobAbandonment(database).RunAsync(
            connection, new HashSet<string> { "m1/app" }, Lines.Noon.AddMinutes(-10), Lines.Noon, [], Cancellation);
    }

    private async Task WatchAsync(LoggingConnection connection)
    {
        await InstanceTable.ReadAsync(connection, Cancellation);
        await InstanceTable.CountJobsAsync(connection, Cancellation);
        var states = await new StalledReader().ReadAsync(connection, Rules, Now, Cancellation);
        await StalledJobs.ReadAsync(connection, states, 10, Cancellation);
        await new ExpectedJobs().FindAsync(connection, Rules, Now, Cancellation);
    }

    private async Task ListAsync(LoggingConnection connection)
    {
        var states = await new StalledReader().ReadAsync(connection, Rules, Now, Cancellation);
        await new JobListReader(connection, new JobListQuery { Statuses = ["stalled", "failed"] }, states, 100).ReadAsync(Cancellation);
    }

    private async Task<IEnumerable<string>> SentAsync(Func<LoggingConnection, Task> send)
    {
        var server = new RecordingServer(text => text switch
        {
            _ when text.StartsWith("SELECT i.instance, i.seen_at FROM", StringComparison.Ordinal) =>
                RecordingServer.Table(["instance", "seen_at"], [["m1/app", Lines.Noon.AddMinutes(-20)]]),
            _ when text.Contains("j.job_id, j.job_type, j.instance, i.seen_at", StringComparison.Ordinal) =>
                RecordingServer.Table(["job_id", "job_type", "instance", "seen_at"], [["left", "sync", "m1/app", Lines.Noon]]),
            _ => null,
        });
        using var database = server.Open();
        await using var connection = await database.OpenForWritingAsync(Cancellation);
        server.Commands.Clear();
        await send(connection);
        return server.Commands;
    }
}
