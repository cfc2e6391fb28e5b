using Zotify.Logging.Database;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Queries.Live;

namespace Zotify.Logging.Tests.Queries.Jobs;

/// <summary>Subscribers of one job share the polls for new entries, and each gets its own matches once.</summary>
public abstract class JobLogTailSharingContract : JobLogTailFixture
{
    [TestMethod]
    public async Task Subscribers_of_one_job_share_what_is_new_and_those_of_others_are_left_alone()
    {
        await AddAsync(Lines.Job(message: "0"), Lines.Job("other", message: "0"));
        var captured = new CapturedCommands();
        var tail = NewTail(Store.Open(captured));
        var subscribers = new List<BlockSubscriber<JobLogEntry>>();
        for (var i = 0; i < 10; i++)
            subscribers.Add(new BlockSubscriber<JobLogEntry>((await tail.OpenAsync(new JobStreamQuery(Job), Cancellation))!.Blocks));
        await using var other = new BlockSubscriber<JobLogEntry>((await tail.OpenAsync(new JobStreamQuery("other"), Cancellation))!.Blocks);
        foreach (var subscriber in subscribers.Append(other))
        {
            await MessagesAsync(subscriber, 1);
            Assert.IsFalse(subscriber.Ask());
        }

        // Now all of them wait at the tail, whose own first poll is over when the second entry arrives.
        await AddAsync(Lines.Job(message: "1"));
        foreach (var subscriber in subscribers)
        {
            await MessagesAsync(subscriber, 1);
            Assert.IsFalse(subscriber.Ask());
        }

        captured.Commands.Clear();
        await AddAsync(Lines.Job(message: "2"));
        foreach (var subscriber in subscribers) AssertSame(await MessagesAsync(subscriber, 1), "2");
        Assert.IsTrue(subscribers.All(subscriber => subscriber.Block!.IsShared && ReferenceEquals(subscriber.Block, subscribers[0].Block)));
        var entries = captured.Commands.ToArray()
            .Where(command => command.Text.Contains(JobLogRowReader.Columns, StringComparison.Ordinal)).ToArray();
        Assert.HasCount(1, entries, "read once for all, and not for who follows another job");
        Assert.IsFalse(other.Ask());
        foreach (var subscriber in subscribers) await subscriber.DisposeAsync();
    }

    [TestMethod]
    public async Task Subscribers_of_one_job_with_different_terms_get_their_own_matches()
    {
        await AddAsync(Lines.Job(message: "0"));
        await using var one = await FollowAsync(new JobStreamQuery(Job) { Text = "one", Tail = 0 });
        await using var two = await FollowAsync(new JobStreamQuery(Job) { Text = "two", Tail = 0 });
        await one.FirstBlockAsync();
        await two.FirstBlockAsync();
        await AddAsync(Lines.Job(message: "one"), Lines.Job(message: "two"));
        AssertSame(await MessagesAsync(one, 1), "one");
        AssertSame(await MessagesAsync(two, 1), "two");
    }

    [TestMethod]
    public async Task Subscribers_of_a_job_that_two_instances_write_at_once_see_every_entry_once()
    {
        const int Each = 300;
        await AddAsync(Lines.Job(message: "first"));
        var other = new FakeJournal();
        await using var slow = await FollowAsync(new JobStreamQuery(Job));
        await using var fast = await FollowAsync(new JobStreamQuery(Job));
        await MessagesAsync(slow, 1);
        await MessagesAsync(fast, 1);
        await using var one = Start(new UnsettledJobs());
        await using var two = Start(new UnsettledJobs(), other, Store.Open(), "m2/app");
        var writing = WriteAtOnceAsync(one, two, other, Each);
        var found = await MessagesAsync(fast, 2 * Each);
        await writing;
        foreach (var messages in (string?[][])[found, await MessagesAsync(slow, 2 * Each)])
        {
            AssertSame(
                messages.Where(message => message!.StartsWith("one", StringComparison.Ordinal)),
                [.. Enumerable.Range(1, Each).Select(i => $"one {i}")]);
            AssertSame(
                messages.Where(message => message!.StartsWith("two", StringComparison.Ordinal)),
                [.. Enumerable.Range(1, Each).Select(i => $"two {i}")]);
        }

        Assert.IsFalse(fast.Ask() | slow.Ask());
    }
}
