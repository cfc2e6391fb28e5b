using Zotify.Logging.AspNetCore.Sources;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Web.Sources;

/// <summary>When a run waits for its subscribers.</summary>
[TestClass]
public sealed class RunPaceTests
{
    private readonly RunPace _pace = new();

    [TestMethod]
    public void It_is_as_far_as_the_fastest()
    {
        var taken = _pace.Taken;
        _pace.Take(10);
        Assert.IsTrue(taken.IsCompleted);
        taken = _pace.Taken;
        _pace.Take(5);
        Assert.IsFalse(taken.IsCompleted);
        Assert.AreEqual(10, _pace.Furthest);
    }

    [TestMethod]
    public async Task A_run_waits_only_while_it_has_come_to_most_subscribers()
    {
        Assert.IsFalse(_pace.MayWait(Some.Time), "nobody takes anything");
        _pace.Join();
        Assert.IsTrue(_pace.MayWait(Some.Time));
        var change = new TaskCompletionSource();
        var taken = _pace.Taken;
        var waiting = _pace.AwaitAsync(change.Task, Some.Time.AddSeconds(1));
        Assert.IsTrue(taken.IsCompleted, "whoever waits wakes the run");
        Assert.IsFalse(_pace.MayWait(Some.Time));
        Assert.IsTrue(_pace.MayWait(Some.Time.AddSeconds(1)), "it is there, and only has to join");
        _pace.Join();
        Assert.IsTrue(_pace.MayWait(Some.Time));
        change.SetResult();
        await waiting;
        _pace.Leave();
        _pace.Leave();
        Assert.IsFalse(_pace.MayWait(Some.Time.AddSeconds(1)));
    }
}
