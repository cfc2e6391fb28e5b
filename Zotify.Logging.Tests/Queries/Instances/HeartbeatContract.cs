using Zotify.Logging.Instances;

namespace Zotify.Logging.Tests.Queries.Instances;

/// <summary>The rows of <c>instances</c>, as writers keep them up.</summary>
public abstract class HeartbeatContract : InstanceFixture
{
    [TestMethod]
    [Timeout(600_000, CooperativeCancellation = true)]
    public async Task A_writer_is_seen_every_ten_seconds_until_it_stops()
    {
        var heartbeat = Heartbeat();
        using var beats = new SemaphoreSlim(0);
        heartbeat.Beaten = (_, _, _) =>
        {
            beats.Release();
            return Task.CompletedTask;
        };
        await Database.MigrateAsync(Cancellation);
        Assert.AreEqual("", await StatesTextAsync());

        heartbeat.Enter();
        heartbeat.Enter();
        await beats.WaitAsync(Cancellation);
        Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.AreEqual(0, beats.CurrentCount, "nothing happens before ten seconds have passed");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await beats.WaitAsync(Cancellation);

        var seen = (await States.ListAsync(Cancellation)).Single();
        Assert.AreEqual(("m1/app", "running", "1.4.2"), (seen.Instance, seen.State, seen.Version));
        Assert.AreEqual((Now.AddSeconds(-10), Now, null), (seen.StartedAt, seen.SeenAt, seen.StoppedAt));

        await heartbeat.LeaveAsync(Cancellation);
        Assert.AreEqual("m1/app running 0", await StatesTextAsync(), "another handler of the process still projects");
        await heartbeat.LeaveAsync(Cancellation);
        var stopped = (await States.ListAsync(Cancellation)).Single();
        Assert.AreEqual(("stopped", (DateTime?)Now), (stopped.State, stopped.StoppedAt));

        heartbeat.Enter();
        await beats.WaitAsync(Cancellation);
        Assert.AreEqual("m1/app running 0", await StatesTextAsync(), "it has started again");
        await heartbeat.LeaveAsync(Cancellation);
    }

    [TestMethod]
    public async Task One_that_was_not_seen_for_30_seconds_is_gone_and_one_that_stopped_is_not()
    {
        await SeeAsync("gone");
        await SeeAsync("stopped");
        await Store.ExecuteAsync($"UPDATE instances SET stopped_at = {Store.Literal(Now)} WHERE instance = 'stopped'");
        Clock.Advance(TimeSpan.FromSeconds(30));
        await SeeAsync("seen");
        Assert.AreEqual("gone running 0, seen running 0, stopped stopped 0", await StatesTextAsync());
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.AreEqual("gone gone 0, seen running 0, stopped stopped 0", await StatesTextAsync());
    }

    [TestMethod]
    [Timeout(600_000, CooperativeCancellation = true)]
    public async Task The_stop_of_a_process_does_not_hide_another_of_its_name_that_started_later()
    {
        var (first, second) = (Heartbeat(), Heartbeat());
        await BeatenAsync(first);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await BeatenAsync(second);

        await first.LeaveAsync(Cancellation);

        Assert.AreEqual("m1/app running 0", await StatesTextAsync());
        await second.LeaveAsync(Cancellation);
        Assert.AreEqual("m1/app stopped 0", await StatesTextAsync());
    }

    private protected async Task BeatenAsync(InstanceHeartbeat heartbeat)
    {
        var beaten = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        heartbeat.Beaten = (_, _, _) =>
        {
            beaten.TrySetResult();
            return Task.CompletedTask;
        };
        heartbeat.Enter();
        await beaten.Task.WaitAsync(Cancellation);
    }
}
