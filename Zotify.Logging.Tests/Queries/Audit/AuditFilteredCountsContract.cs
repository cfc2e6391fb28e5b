using Zotify.Logging.Projection;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Audit;

/// <summary>Counts of the audit log by fields and by time, of just the events that a search finds.</summary>
public abstract class AuditFilteredCountsContract : StoreContract
{
    private static readonly AuditFacetField[] Fields =
        [AuditFacetField.EventType, AuditFacetField.UserId, AuditFacetField.SourceIp, AuditFacetField.Instance];

    private AuditFacets Facets => new(Database, new FixedReadYourWrites());

    [TestMethod]
    public async Task Every_filter_counts_the_events_that_the_search_finds()
    {
        await AddAsync();
        AuditQuery[] queries =
        [
            new(), new() { EventTypes = ["user.*"] }, new() { UserIds = ["u1"], EventTypes = ["user.login"] }, new() { EventTypes = ["none.*"] },
            new() { Text = "green -7" }, new() { ExcludedUserIds = ["u1", "u2"] }, new() { ExcludedEventTypes = ["user.*"] },
            new() { Details = new Dictionary<string, IReadOnlyList<string>> { ["color"] = ["red"] }, Instances = ["m1/app"] },
            new() { From = Lines.Noon.AddMinutes(10), To = Lines.Noon.AddMinutes(90), SourceIps = ["::1"] },
            new() { From = Lines.Noon.AddMinutes(10), Text = "\"number 1\"" },
        ];
        foreach (var query in queries)
        {
            var all = (await new AuditLog(Database, new FixedReadYourWrites()).SearchAsync(query with { Limit = 1_000 }, Cancellation)).Items;
            var counts = await Facets.ValuesAsync(query, Fields, 100, Cancellation);
            Assert.AreEqual((all.Count, null), ((int)counts.Count, counts.StoppedAt), $"{query}");
            Assert.AreEqual(Expected(all.Select(item => item.EventType)), Found(counts.Items[0]), $"{query}");
            Assert.AreEqual(Expected(all.Select(item => item.UserId)), Found(counts.Items[1]), $"{query}");
            Assert.AreEqual(Expected(all.Select(item => item.SourceIp)), Found(counts.Items[2]), $"{query}");
            Assert.AreEqual(Expected(all.Select(item => item.Instance)), Found(counts.Items[3]), $"{query}");
            var histogram = await Facets.HistogramAsync(query, TimeSpan.FromMinutes(5), Cancellation);
            Assert.AreEqual(all.Count, histogram.Items.Sum(item => item.Count), $"{query}");
            foreach (var bucket in histogram.Items)
                Assert.AreEqual(all.Count(item => item.Timestamp >= bucket.From && item.Timestamp < bucket.To), bucket.Count, $"{query} {bucket}");
        }
    }

    [TestMethod]
    public async Task A_limit_leaves_the_most_frequent_values_and_tells_of_the_others()
    {
        await AddAsync();
        var facet = (await Facets.ValuesAsync(new AuditQuery(), [AuditFacetField.UserId], 1, Cancellation)).Items.Single();
        Assert.HasCount(1, facet.Values);
        Assert.AreEqual(1, facet.Others);
        Assert.IsTrue(facet.IsComplete);
    }

    [TestMethod]
    public async Task Counting_that_would_take_long_stops_and_says_where()
    {
        await AddAsync();
        var facets = new AuditFacets(Database, new FixedReadYourWrites()) { MostCounted = 30 };

        var byText = await facets.ValuesAsync(new AuditQuery { Text = "number" }, Fields, 100, Cancellation);
        Assert.AreEqual(30, byText.Count);
        Assert.IsTrue(byText.Items.All(item => !item.IsComplete));
        // The newest 30 of 120, one a minute.
        Assert.AreEqual(Lines.Noon.AddMinutes(90), byText.StoppedAt);

        var byUser = await facets.ValuesAsync(new AuditQuery { ExcludedUserIds = ["u0"] }, Fields, 100, Cancellation);
        Assert.AreEqual((20, Lines.Noon.AddMinutes(90)), ((int)byUser.Count, byUser.StoppedAt));

        // The types of the whole log are counted as it is written.
        var all = await facets.ValuesAsync(new AuditQuery(), Fields, 100, Cancellation);
        Assert.AreEqual("config.update 60, user.login 40, user.logout 20", Found(all.Items[0]));
        Assert.AreEqual((true, false), (all.Items[0].IsComplete, all.Items[1].IsComplete));

        var histogram = await facets.HistogramAsync(new AuditQuery { Text = "number" }, TimeSpan.FromMinutes(10), Cancellation);
        Assert.AreEqual(Lines.Noon.AddMinutes(90), histogram.StoppedAt);
        Assert.AreEqual("13:30 10, 13:40 10, 13:50 10", Found(histogram));
        var ofHours = await facets.HistogramAsync(new AuditQuery(), null, Cancellation);
        Assert.AreEqual((null, "12:00 60, 13:00 60"), (ofHours.StoppedAt, Found(ofHours)));
        var ofMinutes = await facets.HistogramAsync(new AuditQuery(), TimeSpan.FromMinutes(15), Cancellation);
        Assert.AreEqual((Lines.Noon.AddMinutes(90), "13:30 15, 13:45 15"), (ofMinutes.StoppedAt, Found(ofMinutes)));
    }

    [TestMethod]
    [DataRow(50, 70, "config.update 10, user.login 6, user.logout 4", "12:00 10, 13:00 10")]
    [DataRow(110, null, "config.update 5, user.login 3, user.logout 2", "13:00 10")]
    [DataRow(60, 120, "config.update 30, user.login 20, user.logout 10", "13:00 60")]
    [DataRow(0, 61, "config.update 31, user.login 20, user.logout 10", "12:00 60, 13:00 1")]
    [DataRow(70, 85, "config.update 8, user.login 5, user.logout 2", "13:00 15")]
    public async Task Times_within_an_hour_count_no_events_outside_of_them(int from, int? to, string types, string hours)
    {
        await AddAsync();
        var facets = new AuditFacets(Database, new FixedReadYourWrites()) { MostCounted = 16 };
        var query = new AuditQuery
        {
            From = Lines.Noon.AddMinutes(from), To = to is { } end ? Lines.Noon.AddMinutes(end) : null,
        };

        var facet = (await facets.ValuesAsync(query, [AuditFacetField.EventType], 100, Cancellation)).Items.Single();
        Assert.AreEqual((true, types), (facet.IsComplete, Found(facet)));
        var histogram = await facets.HistogramAsync(query, TimeSpan.FromHours(1), Cancellation);
        Assert.AreEqual((null, hours), (histogram.StoppedAt, Found(histogram)));
    }

    [TestMethod]
    public async Task A_part_of_an_hour_with_very_many_events_is_not_counted_as_if_it_were_whole()
    {
        await AddAsync();
        var facets = new AuditFacets(Database, new FixedReadYourWrites()) { MostCounted = 16 };
        var query = new AuditQuery { From = Lines.Noon.AddMinutes(10) };

        var counts = await facets.ValuesAsync(query, [AuditFacetField.EventType], 100, Cancellation);
        Assert.AreEqual((false, Lines.Noon.AddMinutes(104)), (counts.Items.Single().IsComplete, counts.StoppedAt));
        var histogram = await facets.HistogramAsync(query, TimeSpan.FromHours(1), Cancellation);
        Assert.AreEqual((Lines.Noon.AddMinutes(104), "13:00 16"), (histogram.StoppedAt, Found(histogram)));
    }

    private static string Found(AuditHistogram histogram) =>
        string.Join(", ", histogram.Items.Select(item => $"{item.From:HH:mm} {item.Count}"));

    private static string Found(AuditFacet facet) => string.Join(", ", facet.Values.Select(value => $"{value.Value} {value.Count}"));

    private static string Expected(IEnumerable<string?> values) => string.Join(
        ", ",
        values.Where(value => value is not null).GroupBy(value => value).OrderByDescending(value => value.Count())
            .ThenBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key} {value.Count()}"));

    /// <summary>120 events, one a minute.</summary>
    private async Task AddAsync()
    {
        Journal.Append(Enumerable.Range(0, 120).Select(i => Lines.Audit(
            i % 2 == 0 ? "config.update" : i % 3 == 0 ? "user.logout" : "user.login", Lines.Noon.AddMinutes(i), i % 3 == 2 ? null : $"u{i % 3}",
            new { color = i % 4 == 0 ? "red" : "green" }, sourceIp: i % 5 == 0 ? "::1" : null, instance: i % 7 == 0 ? "m2/app" : "m1/app",
            message: $"Number {i % 10}")));
        await ProjectAsync(new AuditProjection());
    }
}
