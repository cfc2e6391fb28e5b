using Zotify.Logging.AspNetCore.Sources;

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
    public async Task A_run_waits_only_while_most_subscribers_have_joined()
    {
        Assert.IsFalse(_pace.MayWait, "nobody takes anything");
        _pace.Join();
        Assert.IsTrue(_pace.MayWait);
        var change = new TaskCompletionSource();
        var taken = _pace.Taken;
        var waiting = _pace.AwaitAsync(change.Task);
        Assert.IsTrue(taken.IsCompleted, "whoever waits wakes the run");
        Assert.AreEqual((2, false), (_pace.Subscribers, _pace.MayWait));
        _pace.Join();
        Assert.IsTrue(_pace.MayWait);
        change.SetResult();
        await waiting;
        _pace.Leave();
        _pace.Leave();
        Assert.AreEqual((0, false), (_pace.Subscribers, _pace.MayWait));
    }
}
