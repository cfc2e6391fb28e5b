using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Database;
using Zotify.Logging.Handlers;
using Zotify.Logging.Instances;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Queries.Jobs;

namespace Zotify.Logging.Tests.Queries.Instances;

/// <summary>Instances and jobs in a database, with a clock that stands still at noon.</summary>
public abstract class InstanceFixture : JobStoreContract
{
    private JobExpectations? _expectations;

    private protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(Lines.Noon));

    private protected DateTime Now => Clock.GetUtcNow().UtcDateTime;

    private protected DatabaseJobLogHandlerOptions Options { get; } = new();

    private protected JobExpectations Expectations => _expectations ??= new JobExpectations(() => JobRules.Of(Options), Clock);

    private protected InstanceStates States => new(Database, Expectations, Clock, () => "own");

    private protected JobLogs Logs => new(Database, new FixedReadYourWrites(), Expectations);

    private protected InstanceHeartbeat Heartbeat(string instance = "m1/app", LoggingDatabase? database = null) =>
        new(database ?? Database, instance, "1.4.2", Clock);

    /// <summary>Writes that an instance was seen just now, by its own clock.</summary>
    private protected async Task SeeAsync(string instance = "m1/app", DateTime? startedAt = null, TimeSpan ahead = default)
    {
        await using var connection = await Database.OpenForWritingAsync(Cancellation);
        var run = new InstanceRow { Instance = instance, StartedAt = startedAt ?? Now, SeenAt = Now + ahead, Version = "1.4.2" };
        await InstanceTable.BeatAsync(connection, run, isFirst: true, Cancellation);
    }

    /// <summary>What an instance does after each beat, by the clock.</summary>
    private protected async Task WatchAsync(JobWatch watch)
    {
        await using var connection = await Database.OpenForWritingAsync(Cancellation);
        await watch.RunAsync(connection, Clock.GetUtcNow(), Cancellation);
    }

    private protected async Task<string> StatesTextAsync() => string.Join(
        ", ", (await States.ListAsync(Cancellation)).Select(instance => $"{instance.Instance} {instance.State} {instance.RunningJobs}"));

    private protected async Task<string> JobsTextAsync(JobListQuery query) => string.Join(
        ", ",
        (await Logs.ListAsync(query, Cancellation)).Items.Select(
            job => $"{job.JobId} {job.Status}{(job.StalledReason is null ? "" : $" {job.StalledReason}")}"));

    private protected async Task<string> TotalsTextAsync(JobListQuery query) => string.Join(
        ", ", (await Logs.ListAsync(query, Cancellation)).Totals.Where(total => total.Value > 0).Select(total => $"{total.Key} {total.Value}"));
}
