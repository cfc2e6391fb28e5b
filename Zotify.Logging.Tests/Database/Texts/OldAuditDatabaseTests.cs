using Zotify.Logging.Projection;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Queries;

namespace Zotify.Logging.Tests.Database.Texts;

/// <summary>A database of the version before goes on: nothing is lost, and it is searchable at once.</summary>
[TestClass]
public sealed class OldAuditDatabaseTests : StoreContract
{
    private protected override TestStore NewStore() => new SqliteStore();

    [TestMethod]
    [Timeout(3_600_000, CooperativeCancellation = true)]
    public async Task It_is_searchable_at_once_and_indexed_in_the_background()
    {
        await OldAuditDatabase.MakeAsync((SqliteStore)Store);
        await Database.MigrateAsync(Cancellation);

        Assert.AreEqual($"{OldAuditDatabase.Events}", await Store.ReadTextAsync("SELECT count(*) FROM audit_events"));
        Assert.AreNotEqual("0", await PendingAsync());
        await AssertFindsAsync();
        Assert.AreEqual(
            "audit_text_pages\naudit_text_runs",
            await Store.ReadTextAsync("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'audit_text%' ORDER BY name"));

        Journal.Append(Lines.Audit(at: Lines.Noon.AddYears(1), message: "Event of now"));
        await using (var projector = Start(new AuditProjection()))
        {
            await projector.CatchUpAsync(1, Cancellation);
            while (await PendingAsync() != "0") await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
        }

        Assert.AreEqual($"{OldAuditDatabase.Events + 1}", await Store.ReadTextAsync("SELECT count(*) FROM audit_events"));
        await AssertFindsAsync();
        Assert.HasCount(1, (await SearchAsync(new AuditQuery { Text = "\"event of now\"" })).Items);
        Assert.AreEqual("ok", await Store.ReadTextAsync("PRAGMA integrity_check"));
        Assert.IsEmpty(Reports);
    }

    private Task<string> PendingAsync() => Store.ReadTextAsync("SELECT count(*) FROM audit_text_runs WHERE pages IS NULL");

    private async Task AssertFindsAsync()
    {
        for (var i = 7; i <= OldAuditDatabase.Events; i += OldAuditDatabase.Events / 5)
        {
            var items = new List<AuditEvent>();
            for (string? cursor = null; ;)
            {
                var page = await SearchAsync(new AuditQuery { Text = $"\"event {i} of\"", SourceIps = [$"10.0.0.{i % 200}"], Cursor = cursor });
                items.AddRange(page.Items);
                if ((cursor = page.NextCursor) is null) break;
            }

            Assert.AreEqual($"Event {i} of old", items.Single().Message);
        }

        Assert.AreEqual($"Event {OldAuditDatabase.Events} of old", (await SearchAsync(new AuditQuery { Text = "OLD" })).Items[0].Message);
    }

    private Task<AuditPage> SearchAsync(AuditQuery query) =>
        new AuditLog(Database, new FixedReadYourWrites()).SearchAsync(query, Cancellation);
}
