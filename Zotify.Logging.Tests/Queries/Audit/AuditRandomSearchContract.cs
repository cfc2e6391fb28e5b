using System.Text.Json;
using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Queries.Live;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Terms;

namespace Zotify.Logging.Tests.Queries.Audit;

/// <summary>Searches by random filters, terms and exclusions find what a plain loop over the journal's lines finds.</summary>
public abstract class AuditRandomSearchContract : AuditLogTailFixture
{
    private static readonly string[] Users = ["u1", "U1", "u2", "u10"];
    private static readonly string[] Types = ["user.login", "user.logout", "config.update", "1001"];
    private static readonly string[] Addresses = ["::1", "10.0.0.1", "10.0.0.10"];
    private static readonly string[] Traces = ["4bf9", "aaaa"];
    private static readonly string[] Instances = ["m1/app", "m2/app"];
    private static readonly string[] Colors = ["red", "green", "5", "true"];

    [TestMethod]
    public async Task A_search_finds_what_a_plain_loop_over_the_lines_finds()
    {
        var random = new Random(17);
        string[] lines = [.. Enumerable.Range(0, 400).Select(_ => Line(random))];
        Journal.Append(lines);
        // Most rows are in runs of the index, as in a large log.
        await ProjectAsync(new AuditProjection(new TextRunSize(BlockRows: 1, SmallOfLarge: 4), TimeProvider.System));
        Assert.AreEqual("1|256\n257|320\n321|384", await Store.ReadTextAsync("SELECT first_seq, last_seq FROM audit_text_runs ORDER BY first_seq"));
        var events = lines.Select((line, i) => new RandomEvent(i + 1, JsonElement.Parse(line))).ToArray();
        for (var round = 0; round < 100 * TestScale.Factor / Store.Every(2); round++)
        {
            var (query, terms) = Query(random);
            var expected = events.Where(item => item.Matches(query, terms)).OrderBy(item => item.Time).ThenBy(item => item.Seq)
                .Select(item => item.Seq).ToList();
            if (query.Descending) expected.Reverse();
            var log = new AuditLog(Database, new FixedReadYourWrites()) { MostCompared = random.Next(3) == 0 ? random.Next(1, 400) : 50_000 };
            CollectionAssert.AreEqual(expected, await FoundAsync(log, query), $"round {round}: {Written(query)}");
            if (round % 10 == 0)
            {
                var streamed = await ReadAsync(new AuditStreamQuery(query) { Tail = int.MaxValue });
                CollectionAssert.AreEqual(
                    expected.Order().ToList(), streamed.Select(item => ((AuditLogRecord)item).Event.Seq).ToList(), $"{Written(query)}");
            }
        }
    }

    [TestMethod]
    public async Task A_stream_that_would_look_long_for_its_last_events_says_where_it_stopped()
    {
        await AddAsync([.. Enumerable.Range(0, 500).Select(i => Lines.Audit(at: Lines.Noon.AddSeconds(i), message: i % 97 == 5 ? "rare" : "other"))]);
        var tail = new AuditLogTail(new LiveDatabase(Database, TimeProvider.System), new FixedReadYourWrites()) { MostCompared = 150 };
        var query = new AuditStreamQuery(new AuditQuery { Text = "rare" }) { Tail = 3, Follow = false };
        await using var subscriber = new BlockSubscriber<AuditEvent>(await tail.OpenAsync(query, Cancellation));
        var items = await subscriber.RestAsync();

        var before = ((LogIncomplete<AuditEvent>)items[0]).Before;
        AssertSame(items.Skip(1).Select(item => ((AuditLogRecord)item).Event.Seq), 394, 491);
        AssertSame(await FoundAsync(new AuditLog(Database, new FixedReadYourWrites()), query.Filter with { Cursor = before }), 297, 200, 103, 6);
        Assert.HasCount(3, await ReadAsync(query), "with enough time it finds them");
    }

    private static async Task<List<long>> FoundAsync(AuditLog log, AuditQuery query)
    {
        var found = new List<long>();
        for (AuditPage? page = null; page is null || page.NextCursor is not null;)
        {
            page = await log.SearchAsync(page is null ? query : query with { Cursor = page.NextCursor }, CancellationToken.None);
            found.AddRange(page.Items.Select(item => item.Seq));
        }

        return found;
    }

    private static string Written(AuditQuery query) => AuditQueryJson.Of(query);

    private static string Line(Random random)
    {
        string Pick(string[] values) => random.GetItems(values, 1)[0];
        string? Maybe(string[] values) => random.Next(4) == 0 ? null : Pick(values);
        object? details = random.Next(5) switch
        {
            0 => null,
            1 => new Dictionary<string, object?> { ["color"] = Pick(Colors), [RandomTerms.Sentence(random)] = random.Next(100) },
            2 => new { color = new object[] { Pick(Colors), 5, true }, text = RandomTerms.Sentence(random) },
            3 => new { order = new { color = Pick(Colors), items = new[] { new { name = RandomTerms.Sentence(random) } } } },
            _ => new { color = 5, deep = new { text = RandomTerms.Sentence(random), none = (string?)null } },
        };
        return Lines.Audit(
            Pick(Types), Lines.Noon.AddSeconds(random.Next(60)), Maybe(Users), details,
            random.Next(3) == 0 ? new { job_id = RandomTerms.Sentence(random) } : null, random.Next(10) == 0 ? null : RandomTerms.Sentence(random),
            Maybe(Addresses), Maybe(Traces), Pick(Instances), random.Next(2) == 0 ? "Zotify.Auth" : "Shop");
    }

    private static (AuditQuery Query, RandomTerms Terms) Query(Random random)
    {
        IReadOnlyList<string> Some(string[] values, int often) => random.Next(often) == 0 ? random.GetItems(values, random.Next(1, 3)) : [];
        Dictionary<string, IReadOnlyList<string>> Details(int often) => random.Next(often) > 0 ? [] : new()
        {
            [random.GetItems<string>(["color", "[order][color]", "order.items.name"], 1)[0]] = random.GetItems(Colors, random.Next(1, 3)),
        };
        DateTimeOffset? Time() => random.Next(4) == 0 ? Lines.Noon.AddSeconds(random.Next(60)) : null;
        var terms = RandomTerms.Next(random);
        return (new AuditQuery
        {
            UserIds = Some(Users, 4), SourceIps = Some(Addresses, 6), TraceIds = Some(Traces, 6), Instances = Some(Instances, 6),
            EventTypes = Some([.. Types, "user.*", "u*"], 4), Details = Details(6),
            ExcludedUserIds = Some(Users, 6), ExcludedSourceIps = Some(Addresses, 8), ExcludedTraceIds = Some(Traces, 8),
            ExcludedInstances = Some(Instances, 8), ExcludedEventTypes = Some([.. Types, "user.*"], 6), ExcludedDetails = Details(8),
            From = Time(), To = Time(), Text = terms.Text, Descending = random.Next(2) == 0, Limit = random.Next(1, 60),
        }, terms);
    }
}
