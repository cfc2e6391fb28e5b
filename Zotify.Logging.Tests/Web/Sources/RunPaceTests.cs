using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.AspNetCore.Sources;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Web.Sources;

/// <summary>When a run waits for its subscribers.</summary>
[TestClass]
public sealed class RunPaceTests
{
    private readonly FakeTimeProvider _time = new(Some.Time);
    private readonly RunPace _pace;

    public RunPaceTests() => _pace = new RunPace(_time);

    [TestMethod]
    public void A_run_waits_until_half_of_its_subscribers_have_come_near()
    {
        var slots = Enumerable.Range(0, 4).Select(_ => new MergedSlot([0])).ToList();
        foreach (var slot in slots) _pace.Join(slot);
        Assert.IsFalse(_pace.HasToWait(1, Some.Time, 0.5), "they are there");
        Assert.IsTrue(_pace.HasToWait(10, Some.Time, 0.5));
        var changed = _pace.Changed;
        _pace.Take(slots[0], 9);
        Assert.IsFalse(changed.IsCompleted, "it is not where the run needs it");
        _pace.Take(slots[0], 10);
        Assert.IsTrue(changed.IsCompleted);
        Assert.IsTrue(_pace.HasToWait(10, Some.Time, 0.5), "the fastest is not enough");
        _pace.Take(slots[1], 12);
        Assert.IsFalse(_pace.HasToWait(10, Some.Time, 0.5), "the slower half holds nobody up");
        changed = _pace.Changed;
        _pace.Take(slots[1], 13);
        Assert.IsFalse(changed.IsCompleted, "it was there before");
        _pace.Leave(slots[1]);
        Assert.IsTrue(changed.IsCompleted);
        Assert.IsTrue(_pace.HasToWait(10, Some.Time, 0.5));
    }

    [TestMethod]
    public void A_run_waits_for_nobody_whose_client_does_not_read()
    {
        var slots = Enumerable.Range(0, 3).Select(_ => new MergedSlot([0])).ToList();
        foreach (var slot in slots) _pace.Join(slot);
        _pace.Take(slots[0], 10);
        Assert.IsTrue(_pace.HasToWait(10, Some.Time, 0.5));
        Assert.IsFalse(_pace.HasToWait(10, Some.Time, 0), "one is enough for a run that is late");
        Assert.IsTrue(_pace.HasToWait(11, Some.Time, 0), "one it is, at least");
        _time.Advance(RunPace.StuckAfter);
        Assert.IsFalse(_pace.HasToWait(10, Some.Time, 0.5));
        _pace.Take(slots[1], 9);
        _pace.Take(slots[2], 9);
        Assert.IsTrue(_pace.HasToWait(10, Some.Time, 0.5), "they read again");
    }

    [TestMethod]
    public async Task A_run_waits_only_while_it_has_come_to_most_subscribers()
    {
        Assert.IsFalse(_pace.HasToWait(10, Some.Time, 0.5), "nobody takes anything");
        var slot = new MergedSlot([0]);
        _pace.Join(slot);
        Assert.IsTrue(_pace.HasToWait(10, Some.Time, 0.5));
        var change = new TaskCompletionSource();
        var changed = _pace.Changed;
        var waiting = _pace.AwaitAsync(change.Task, Some.Time.AddSeconds(1));
        Assert.IsTrue(changed.IsCompleted, "whoever waits wakes the run");
        Assert.IsFalse(_pace.HasToWait(10, Some.Time, 0.5));
        Assert.IsTrue(_pace.HasToWait(10, Some.Time.AddSeconds(1), 0.5), "it is there, and only has to join");
        _pace.Take(slot, 10);
        Assert.IsFalse(_pace.HasToWait(10, Some.Time.AddSeconds(1), 0.5));
        change.SetResult();
        await waiting;
        _pace.Leave(slot);
        Assert.IsFalse(_pace.HasToWait(20, Some.Time.AddSeconds(1), 0.5));
    }
}
