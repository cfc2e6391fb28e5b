using Zotify.Logging.Projection;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Queries;

namespace Zotify.Logging.Tests.Database.Texts;

/// <summary>
/// A database of the version before goes on, and so does its journal: nothing is lost, it is searchable at once, and each event is found once.
/// </summary>
public abstract class OldAuditDatabaseContract : StoreContract
{
    private const int NewEvents = 1_500;

    [TestMethod]
    [Timeout(3_600_000, CooperativeCancellation = true)]
    public async Task It_is_searchable_at_once_and_indexed_in_the_background()
    {
        await OldAuditDatabase.MakeAsync(Store, Journal);
        await Database.MigrateAsync(Cancellation);

        Assert.AreEqual($"{OldAuditDatabase.Events}", await Store.ReadTextAsync("SELECT count(*) FROM audit_events"));
        var pending = await PendingAsync();
        Assert.AreNotEqual("0", pending);
        await AssertFindsAsync();

        // Its last run was not full: the new events complete the small run that its last events begin.
        Journal.Append(Enumerable.Range(1, NewEvents).Select(i => Lines.Audit(at: Lines.Noon.AddYears(1).AddSeconds(i), message: $"Event {i} of now")));
        await ProjectAsync(new NoIdleWork(new AuditProjection()), instance: "old/app");
        Assert.AreEqual(pending, await PendingAsync());
        await AssertFindsAsync();
        await AssertFindsNewAsync();

        await using (Start(new AuditProjection(), instance: "old/app"))
        {
            while (await PendingAsync() != "0") await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
        }

        Assert.AreEqual("1", await Store.ReadTextAsync("SELECT count(*) FROM journals"));
        Assert.AreEqual($"{OldAuditDatabase.Events + NewEvents}", await Store.ReadTextAsync("SELECT count(*) FROM audit_events"));
        await AssertFindsAsync();
        await AssertFindsNewAsync();
        if (Store.Engine == "Sqlite") Assert.AreEqual("ok", await Store.ReadTextAsync("PRAGMA integrity_check"));
        Assert.IsEmpty(Reports);
    }

    private Task<string> PendingAsync() => Store.ReadTextAsync("SELECT count(*) FROM audit_text_runs WHERE pages IS NULL");

    private async Task AssertFindsAsync()
    {
        for (var i = 7; i <= OldAuditDatabase.Events; i += OldAuditDatabase.Events / 5) await AssertFindsAsync(i);
        await AssertFindsAsync(OldAuditDatabase.Events - 3);
        Assert.AreEqual($"Event {OldAuditDatabase.Events} of old", (await SearchAsync(new AuditQuery { Text = "OLD" })).Items[0].Message);
    }

    private async Task AssertFindsAsync(int number)
    {
        var query = new AuditQuery { Text = $"\"event {number} of old\"", SourceIps = [$"10.0.0.{number % 200}"] };
        Assert.AreEqual($"Event {number} of old", (await ReadAllAsync(query)).Single().Message);
    }

    private async Task AssertFindsNewAsync() => CollectionAssert.AreEqual(
        Enumerable.Range(1, NewEvents).Select(i => $"Event {NewEvents + 1 - i} of now").ToArray(),
        (await ReadAllAsync(new AuditQuery { Text = "\"of now\"", Limit = 1_000 })).Select(item => item.Message).ToArray());

    private async Task<List<AuditEvent>> ReadAllAsync(AuditQuery query)
    {
        var items = new List<AuditEvent>();
        for (string? cursor = null; ;)
        {
            var page = await SearchAsync(query with { Cursor = cursor });
            items.AddRange(page.Items);
            if ((cursor = page.NextCursor) is null) return items;
        }
    }

    private Task<AuditPage> SearchAsync(AuditQuery query) =>
        new AuditLog(Database, new FixedReadYourWrites()).SearchAsync(query, Cancellation);
}
