using Zotify.Logging.Database;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Queries.Live;

namespace Zotify.Logging.Tests.Queries.Audit;

/// <summary>Subscribers with the same filters share the polls for new events, and each gets only its own matches.</summary>
public abstract class AuditLogTailSharingContract : AuditLogTailFixture
{
    [TestMethod]
    public async Task Subscribers_with_the_same_filters_share_what_is_new()
    {
        await AddAsync(Lines.Audit(message: "0"));
        var captured = new CapturedCommands();
        var tail = NewTail(Store.Open(captured));
        AuditStreamQuery[] queries =
        [
            All,
            All,
            new(new AuditQuery { From = Lines.Noon.AddDays(-1) }),
            new(new AuditQuery { EventTypes = ["user.*"] })
        ];
        var subscribers = new List<BlockSubscriber<AuditEvent>>();
        foreach (var query in queries) subscribers.Add(new BlockSubscriber<AuditEvent>(await tail.OpenAsync(query, Cancellation)));
        for (var i = 0; i < 3; i++)
        {
            foreach (var subscriber in subscribers)
            {
                await MessagesAsync(subscriber, 1);
                Assert.IsFalse(subscriber.Ask());
            }

            captured.Commands.Clear();
            await AddAsync(Lines.Audit(message: $"{i + 1}"));
        }

        foreach (var subscriber in subscribers) AssertSame(await MessagesAsync(subscriber, 1), "3");
        Assert.IsTrue(subscribers[0].Block!.IsShared);
        Assert.AreSame(subscribers[0].Block, subscribers[1].Block);
        Assert.HasCount(
            2,
            captured.Commands.ToArray().Where(command => command.Text.Contains(AuditRowReader.Columns, StringComparison.Ordinal)),
            "once for each of two filters");
        foreach (var subscriber in subscribers) await subscriber.DisposeAsync();
    }

    [TestMethod]
    public async Task A_subscriber_with_a_time_filter_gets_only_matching_items_of_shared_blocks()
    {
        await AddAsync(Lines.Audit(message: "0"));
        await using var all = await FollowAsync(All with { Tail = 0 });
        await using var timed = await FollowAsync(
            new AuditStreamQuery(new AuditQuery { From = Lines.Noon.AddSeconds(10), To = Lines.Noon.AddYears(9) }) { Tail = 0 });
        Assert.IsTrue(all.Ask() && timed.Ask(), "their positions are set");
        await all.FirstBlockAsync();
        await timed.FirstBlockAsync();
        await AddAsync(
            Lines.Audit(at: Lines.Noon.AddSeconds(9), message: "early"),
            Lines.Audit(at: Lines.Noon.AddSeconds(10), message: "in time"),
            Lines.Audit(at: Lines.Noon.AddYears(9), message: "late"));
        AssertSame(await MessagesAsync(all, 3), "early", "in time", "late");
        await AddAsync(Lines.Audit(at: Lines.Noon.AddSeconds(11), message: "end"));
        AssertSame(await MessagesAsync(timed, 2), "in time", "end");
    }
}
