using Zotify.Logging.Common;

namespace Zotify.Logging.Tests.Common;

[TestClass]
public sealed class PendingTasksTests
{
    [TestMethod]
    public void Without_a_pending_one_it_is_complete() =>
        Assert.IsTrue(PendingTasks.WhenAll([Task.CompletedTask, Task.CompletedTask]).IsCompletedSuccessfully);

    [TestMethod]
    public void One_that_is_pending_is_returned_itself()
    {
        var pending = new TaskCompletionSource();
        Assert.AreSame(pending.Task, PendingTasks.WhenAll([Task.CompletedTask, pending.Task, Task.CompletedTask]));
    }

    [TestMethod]
    public async Task All_are_awaited_though_others_complete_while_they_are_being_started()
    {
        var sources = Enumerable.Range(0, 4).Select(_ => new TaskCompletionSource()).ToArray();
        var all = PendingTasks.WhenAll(Started());
        foreach (var source in sources[1..])
        {
            Assert.IsFalse(all.IsCompleted);
            source.SetResult();
        }

        await all;

        IEnumerable<Task> Started()
        {
            yield return sources[0].Task;
            yield return sources[1].Task;
            sources[0].SetResult();
            yield return sources[2].Task;
            yield return sources[3].Task;
        }
    }

    [TestMethod]
    public async Task It_fails_as_one_of_them_does()
    {
        var (failed, pending) = (Task.FromException(new IOException()), new TaskCompletionSource());
        var all = PendingTasks.WhenAll([failed, pending.Task]);
        pending.SetResult();
        await Assert.ThrowsExactlyAsync<IOException>(() => all);
    }
}
