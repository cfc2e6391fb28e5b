using Zotify.Logging.Projection;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Audit;

/// <summary>Counts over the whole audit log.</summary>
public abstract class AuditFacetsContract : StoreContract
{
    private static readonly DateTime Noon = Lines.Noon;

    private AuditFacets Facets => new(Database, new FixedReadYourWrites());

    [TestMethod]
    public async Task Types_come_with_their_counts_and_newest_times_most_first()
    {
        await AddAsync(
            ("user.login", 0), ("user.login", 30), ("user.logout", 61), ("config.update", 0), ("user.logout", 200), ("user.logout", 201));

        Assert.AreEqual("user.logout 3 201, user.login 2 30, config.update 1 0", await TypesAsync(new AuditQuery()));
        Assert.AreEqual("user.logout 3 201, user.login 2 30", await TypesAsync(new AuditQuery { EventTypes = ["user.*"] }));
        Assert.AreEqual("config.update 1 0", await TypesAsync(new AuditQuery { EventTypes = ["config.update", "user"] }));
        // The whole hours of the times.
        Assert.AreEqual("user.logout 3 201", await TypesAsync(new AuditQuery { From = Noon.AddMinutes(90) }));
        Assert.AreEqual(
            "user.login 2 30, config.update 1 0, user.logout 1 61", await TypesAsync(new AuditQuery { To = Noon.AddMinutes(90) }));
        Assert.AreEqual("", await TypesAsync(new AuditQuery { To = Noon }));
        string[] many = [.. Enumerable.Range(0, 101).Select(i => $"{i}")];
        Assert.AreEqual(
            "EventTypes",
            (await Assert.ThrowsExactlyAsync<ArgumentException>(() => Facets.TypesAsync(new AuditQuery { EventTypes = many }, Cancellation))).ParamName);
    }

    [TestMethod]
    public async Task Buckets_have_no_gaps_and_cover_what_was_asked_for()
    {
        await AddAsync(("user.login", 0), ("user.login", 59), ("user.logout", 61), ("user.login", 200));

        Assert.AreEqual("12:2 13:1 14:0 15:1", await HistogramAsync(new AuditQuery(), 1));
        Assert.AreEqual(
            "12:2 13:0 14:0 15:1",
            await HistogramAsync(new AuditQuery { EventTypes = ["user.login"], From = Noon, To = Noon.AddHours(4) }, 1));
        Assert.AreEqual(
            "10:0 12:3 14:1 16:0",
            await HistogramAsync(new AuditQuery { From = Noon.AddMinutes(-1), To = Noon.AddHours(4).AddTicks(1) }, 2));
        Assert.AreEqual("13:0", await HistogramAsync(new AuditQuery { From = Noon.AddMinutes(70), To = Noon.AddMinutes(71) }, null));
        Assert.AreEqual("00:4", await HistogramAsync(new AuditQuery(), 24));
        Assert.AreEqual("", await HistogramAsync(new AuditQuery { From = Noon, To = Noon }, null));
        Assert.AreEqual("", await HistogramAsync(new AuditQuery { EventTypes = ["none"] }, null));
    }

    [TestMethod]
    public async Task A_short_time_is_counted_by_minutes()
    {
        await AddAsync(("user.login", 0), ("user.login", 7), ("user.logout", 7));
        var histogram = await Facets.HistogramAsync(new AuditQuery { From = Noon, To = Noon.AddMinutes(15) }, null, Cancellation);
        Assert.AreEqual(TimeSpan.FromMinutes(1), histogram.Interval);
        Assert.AreEqual("1 0 0 0 0 0 0 2 0 0 0 0 0 0 0", string.Join(' ', histogram.Items.Select(item => item.Count)));
        Assert.AreEqual(Noon, histogram.Items[0].From);
    }

    [TestMethod]
    [DataRow(100, 1)]
    [DataRow(101, 2)]
    [DataRow(24 * 25, 6)]
    [DataRow(24 * 100, 24)]
    [DataRow(24 * 365, 24 * 4)]
    public async Task By_default_there_are_some_100_buckets_at_most(int hours, int expected)
    {
        await AddAsync(("user.login", 0));
        var midnight = Noon.Date;

        var histogram = await Facets.HistogramAsync(new AuditQuery { From = midnight, To = midnight.AddHours(hours) }, null, Cancellation);

        Assert.AreEqual(TimeSpan.FromHours(expected), histogram.Interval);
        Assert.IsLessThanOrEqualTo(101, histogram.Items.Count);
        Assert.AreEqual(1, histogram.Items.Sum(item => item.Count));
    }

    [TestMethod]
    public async Task No_time_is_too_long_and_too_many_buckets_are_refused()
    {
        await AddAsync(("user.login", 0));
        var all = new AuditQuery { From = DateTimeOffset.MinValue, To = DateTimeOffset.MaxValue };

        Assert.AreEqual(1, (await Facets.HistogramAsync(all, null, Cancellation)).Items.Sum(item => item.Count));
        Assert.AreEqual(DateTime.MaxValue, (await Facets.HistogramAsync(all, TimeSpan.FromDays(2_000_000), Cancellation)).Items[^1].To);
        var refused = await Assert.ThrowsExactlyAsync<ArgumentException>(
            () => Facets.HistogramAsync(all, TimeSpan.FromHours(1), Cancellation));
        Assert.AreEqual("interval", refused.ParamName);
        Assert.HasCount(
            1_000,
            (await Facets.HistogramAsync(new AuditQuery { From = Noon, To = Noon.AddHours(1_000) }, TimeSpan.FromHours(1), Cancellation)).Items);
        await Assert.ThrowsExactlyAsync<ArgumentException>(
            () => Facets.HistogramAsync(new AuditQuery { From = Noon, To = Noon.AddHours(1_001) }, TimeSpan.FromHours(1), Cancellation));
    }

    [TestMethod]
    public async Task Counts_wait_for_what_was_logged_before_them_and_return_what_is_missing()
    {
        await AddAsync(("user.login", 0));
        var readYourWrites = new FixedReadYourWrites(behind: 7);
        var facets = new AuditFacets(Database, readYourWrites);

        Assert.AreEqual(7, (await facets.TypesAsync(new AuditQuery(), Cancellation)).Behind);
        Assert.AreEqual(7, (await facets.HistogramAsync(new AuditQuery(), null, Cancellation)).Behind);
        Assert.AreEqual(2, readYourWrites.Asked);
    }

    private async Task<string> TypesAsync(AuditQuery query) => string.Join(
        ", ", (await Facets.TypesAsync(query, Cancellation)).Items.Select(
            type => $"{type.EventType} {type.Count} {(type.LastAt - Noon).TotalMinutes}"));

    private async Task<string> HistogramAsync(AuditQuery query, int? hours)
    {
        var histogram = await Facets.HistogramAsync(query, hours is { } count ? TimeSpan.FromHours(count) : null, Cancellation);
        foreach (var (one, next) in histogram.Items.Zip(histogram.Items.Skip(1))) Assert.AreEqual(one.To, next.From);
        return string.Join(' ', histogram.Items.Select(item => $"{item.From:HH}:{item.Count}"));
    }

    private async Task AddAsync(params (string Type, int Minutes)[] events)
    {
        Journal.Append(events.Select(e => Lines.Audit(e.Type, Noon.AddMinutes(e.Minutes))));
        await ProjectAsync(new AuditProjection());
    }
}
