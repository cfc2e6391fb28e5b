using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Zotify.Logging.Projection;
using Zotify.Logging.SqlServer;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>The logs by LINQ, as an application registers the context.</summary>
[TestClass]
[SqlServerCondition]
public sealed class ZotifyLogsContextTests : StoreContract
{
    private protected override TestStore NewStore() => new SqlServerStore();

    [TestMethod]
    public async Task Logs_are_queried_by_LINQ()
    {
        await FillAsync();
        await using var services = Services();
        await using var scope = services.CreateAsyncScope();
        var logs = scope.ServiceProvider.GetRequiredService<ZotifyLogsContext>();

        var jobs = await logs.Jobs.Where(job => job.Status == "completed" && job.LastAt > Lines.Noon)
            .OrderBy(job => job.FirstAt).Select(job => job.JobId).ToListAsync(Cancellation);
        AssertSame(jobs, "sync-1");
        var entries = await logs.JobLogs.Where(entry => entry.JobId == "sync-1" && entry.Level == "Warning")
            .OrderBy(entry => entry.Id).ToListAsync(Cancellation);
        AssertSame(entries.Select(entry => entry.Message), "careful");
        var events = await logs.AuditEvents.Where(
            e => EF.Functions.Like(e.EventType, "user.%") && e.Timestamp >= Lines.Noon && e.Timestamp < Lines.Noon.AddHours(1))
            .GroupBy(e => e.UserId).Select(
                group => new { group.Key, Count = group.Count() }).OrderBy(group => group.Key).ToListAsync(Cancellation);
        AssertSame(events.Select(group => $"{group.Key}: {group.Count}"), "u1: 2", "u2: 1");
        Assert.AreEqual(2, await logs.AuditCounts.Where(hour => hour.EventType == "user.login").SumAsync(hour => hour.Count, Cancellation));
        var behind = await logs.Journals.Select(
            journal =>
                new { journal.Name, Rows = logs.AuditEvents.Count(e => e.JournalId == journal.Id), journal.Seq }).ToListAsync(Cancellation);
        Assert.IsTrue(behind.TrueForAll(journal => journal.Rows is 0 || journal.Rows == journal.Seq));
        Assert.AreEqual(DateTimeKind.Utc, (await logs.AuditEvents.FirstAsync(Cancellation)).Timestamp.Kind);
    }

    [TestMethod]
    public async Task Nothing_is_tracked_and_nothing_is_saved()
    {
        await FillAsync();
        await using var services = Services();
        await using var scope = services.CreateAsyncScope();
        var logs = scope.ServiceProvider.GetRequiredService<ZotifyLogsContext>();
        var job = await logs.Jobs.FirstAsync(Cancellation);
        job.Status = "failed";
        Assert.IsEmpty(logs.ChangeTracker.Entries());

        logs.AuditCounts.Add(new AuditCountRow { Hour = Lines.Noon, EventType = "forged", Count = 1 });
        var refused = await Assert.ThrowsExactlyAsync<NotSupportedException>(() => logs.SaveChangesAsync(Cancellation));

        Assert.Contains("only reads", refused.Message);
        Assert.ThrowsExactly<NotSupportedException>(() => logs.SaveChanges());
        Assert.AreEqual("0", await Store.ReadTextAsync("SELECT COUNT(*) FROM audit_counts WHERE event_type = 'forged'"));
    }

    private ServiceProvider Services() => new ServiceCollection()
        .AddDbContextPool<ZotifyLogsContext>(options => options.UseSqlServer(((SqlServerStore)Store).PooledConnectionString))
        .BuildServiceProvider();

    private async Task FillAsync()
    {
        var jobs = new FakeJournal();
        jobs.Append(
            Lines.Job("sync-1", Lines.Noon, "job.started", message: "started", jobType: "sync"),
            Lines.Job("sync-1", Lines.Noon.AddSeconds(30), level: "Warning", message: "careful"),
            Lines.Job("sync-1", Lines.Noon.AddSeconds(60), "job.completed", message: "done"),
            Lines.Job("sync-2", Lines.Noon, "job.started", message: "started", jobType: "sync"));
        Journal.Append(
            Lines.Audit("user.login", Lines.Noon, "u1"), Lines.Audit("user.logout", Lines.Noon.AddSeconds(1), "u1"),
            Lines.Audit("user.login", Lines.Noon, "u2"), Lines.Audit("config.update", Lines.Noon, "u2"));
        await ProjectAsync(new AuditProjection());
        await ProjectAsync(new JobProjection(), jobs);
    }
}
