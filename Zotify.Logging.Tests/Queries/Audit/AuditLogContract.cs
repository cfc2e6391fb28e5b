using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Queries.Audit;

/// <summary>The results of a search of the audit log.</summary>
public abstract class AuditLogContract : AuditStoreContract
{
    [TestMethod]
    [StandInLimit(StandIn.SeventhDigit)]
    public async Task An_event_comes_with_all_its_fields()
    {
        await AddAsync(
            """
            {"timestamp":"2026-11-23T15:06:10.1234567Z","event_type":"user.login","user_id":"u42","details":{"source":"web"},"scope":{"x":[1]},"seq":1,
            "id":"0195d8e4-0000-7000-8000-00000000000a","level":"Warning","category":"Zotify.Auth","event_id":1001,"message":"Hi","exception":"Boom",
            "source_ip":"::1","trace_id":"4bf9","span_id":"00f0","instance":"m1/app","key_id":"k1","hash":"abc"}
            """.ReplaceLineEndings(""));

        var item = (await SearchAsync(new AuditQuery())).Items.Single();

        Assert.AreEqual("""{"source":"web"}""", item.Details!.Value.GetRawText());
        Assert.AreEqual("""{"x":[1]}""", item.Scope!.Value.GetRawText());
        var expected = new AuditEvent
        {
            Id = Guid.Parse("0195d8e4-0000-7000-8000-00000000000a"), Journal = Journal.Id, Seq = 1,
            Timestamp = new DateTime(2026, 11, 23, 15, 6, 10, DateTimeKind.Utc)
                .AddTicks(1_234_567), EventType = "user.login", UserId = "u42", SourceIp = "::1",
            Level = "Warning", Category = "Zotify.Auth", EventId = 1001, Message = "Hi", Exception = "Boom", TraceId = "4bf9",
            SpanId = "00f0",
            Instance = "m1/app", KeyId = "k1", Hash = "abc",
        };
        Assert.AreEqual(expected, item with { Details = null, Scope = null });
        Assert.AreEqual(DateTimeKind.Utc, item.Timestamp.Kind);
    }

    [TestMethod]
    public async Task An_empty_text_stays_one_and_what_is_not_there_is_not()
    {
        await AddAsync(Lines.Audit(userId: "", message: ""), Lines.Audit());

        var items = (await SearchAsync(new AuditQuery { Descending = false })).Items;

        Assert.AreEqual(
            "(, ) (none, none)", string.Join(' ', items.Select(item => $"({item.UserId ?? "none"}, {item.Message ?? "none"})")));
    }

    [TestMethod]
    public async Task The_newest_come_first_unless_asked_otherwise()
    {
        await AddAsync(
            Lines.Audit(at: Lines.Noon, message: "2"),
            Lines.Audit(at: Lines.Noon.AddSeconds(-1), message: "1"),
            Lines.Audit(at: Lines.Noon, message: "3"));

        Assert.AreEqual("3 2 1", await FoundAsync(new AuditQuery()));
        Assert.AreEqual("1 2 3", await FoundAsync(new AuditQuery { Descending = false }));
    }

    [TestMethod]
    public async Task Filters_match_exactly_and_values_of_one_are_alternatives()
    {
        await AddAsync(
            Lines.Audit(userId: "u1", sourceIp: "10.0.0.1", traceId: "t1", message: "1"),
            Lines.Audit(userId: "U1", sourceIp: "10.0.0.10", traceId: "t2", instance: "m2/app", message: "2"),
            Lines.Audit(userId: "u2", message: "3"),
            Lines.Audit(message: "4"));

        Assert.AreEqual("1", await FoundAsync(new AuditQuery { UserIds = ["u1"] }));
        Assert.AreEqual("3 1", await FoundAsync(new AuditQuery { UserIds = ["u1", "u2", "u"] }));
        Assert.AreEqual("1", await FoundAsync(new AuditQuery { SourceIps = ["10.0.0.1"] }));
        Assert.AreEqual("2 1", await FoundAsync(new AuditQuery { TraceIds = ["t1", "t2"] }));
        Assert.AreEqual("2", await FoundAsync(new AuditQuery { Instances = ["m2/app"] }));
        Assert.AreEqual("", await FoundAsync(new AuditQuery { UserIds = ["u1"], TraceIds = ["t2"] }));
        Assert.AreEqual("", await FoundAsync(new AuditQuery { UserIds = [""] }));
    }

    [TestMethod]
    public async Task Event_types_match_by_name_or_by_what_they_start_with()
    {
        await AddAsync(
            Lines.Audit("user.login", message: "1"), Lines.Audit("user.logout", message: "2"), Lines.Audit("User.login", message: "3"),
            Lines.Audit("users", message: "4"), Lines.Audit("config.update", message: "5"));

        Assert.AreEqual("1", await FoundAsync(new AuditQuery { EventTypes = ["user.login"] }));
        Assert.AreEqual("2 1", await FoundAsync(new AuditQuery { EventTypes = ["user.*"] }));
        Assert.AreEqual("5 1", await FoundAsync(new AuditQuery { EventTypes = ["config.*", "user.login"] }));
        Assert.AreEqual("5 4 2 1", await FoundAsync(new AuditQuery { EventTypes = ["config.*", "us*"] }));
        Assert.AreEqual("5 4 3 2 1", await FoundAsync(new AuditQuery { EventTypes = ["*"] }));
        Assert.AreEqual("", await FoundAsync(new AuditQuery { EventTypes = ["user"] }));
    }

    [TestMethod]
    [StandInLimit(StandIn.SeventhDigit)]
    public async Task Times_include_the_first_and_not_the_last()
    {
        await AddAsync([.. Enumerable.Range(0, 4).Select(i => Lines.Audit(at: Lines.Noon.AddTicks(i), message: $"{i}"))]);

        var query =
            new AuditQuery { From = Lines.Noon.AddTicks(1), To = new DateTimeOffset(Lines.Noon.AddTicks(3)).ToOffset(TimeSpan.FromHours(5)) };
        Assert.AreEqual("2 1", await FoundAsync(query));
    }

    [TestMethod]
    public async Task A_beginning_that_no_event_type_has_finds_nothing()
    {
        await AddAsync(Lines.Audit("user.login", message: "1"));
        Assert.AreEqual("", await FoundAsync(new AuditQuery { EventTypes = ["nothing.*"] }));
        Assert.AreEqual("", await FoundAsync(new AuditQuery { EventTypes = ["nothing.*"], Text = "1" }));
        Assert.AreEqual("1", await FoundAsync(new AuditQuery { EventTypes = ["nothing.*", "user.*"] }));
    }

    [TestMethod]
    public async Task An_event_is_found_by_its_id()
    {
        await AddAsync(Lines.Audit(message: "1"), Lines.Audit(message: "2", details: new { a = 1 }));
        var second = (await SearchAsync(new AuditQuery())).Items[0];

        var found = await Log.FindAsync(second.Id, Cancellation);

        Assert.AreEqual("""{"a":1}""", found!.Details!.Value.GetRawText());
        Assert.AreEqual(second with { Details = null }, found with { Details = null });
        Assert.IsNull(await Log.FindAsync(Guid.Empty, Cancellation));
        var behind = new AuditLog(Database, new FixedReadYourWrites(behind: 7));
        Assert.AreEqual(found with { Details = null }, (await behind.FindAsync(second.Id, Cancellation))! with { Details = null });
        Assert.AreEqual(7, (await Assert.ThrowsExactlyAsync<LogBehindException>(() => behind.FindAsync(Guid.Empty, Cancellation))).Behind);
    }

    [TestMethod]
    public async Task Limits_and_filters_out_of_range_are_refused_by_name()
    {
        var many = Enumerable.Range(0, 101).Select(i => $"v{i}").ToArray();
        (AuditQuery Query, string Property)[] wrong =
        [
            (new AuditQuery { Limit = 0 }, "Limit"), (new AuditQuery { Limit = 1_001 }, "Limit"), (
                new AuditQuery { UserIds = many }, "UserIds"),
            (new AuditQuery { EventTypes = many }, "EventTypes"), (
                new AuditQuery { EventTypes = [.. many.Select(value => value + "*")] }, "EventTypes"),
            (new AuditQuery { Text = string.Join(' ', many) }, "Text"), (new AuditQuery { Text = new string('x', 1_001) }, "Text"),
            (new AuditQuery { Details = new Dictionary<string, IReadOnlyList<string>> { ["a.b"] = many } }, "Details.a.b"),
        ];
        foreach (var (query, property) in wrong)
        {
            Assert.AreEqual(property, (await Assert.ThrowsAsync<ArgumentException>(() => SearchAsync(query))).ParamName);
        }

        await AddAsync(Lines.Audit());
        var most = many[..100];
        var query100 = new AuditQuery
        {
            UserIds = most, SourceIps = most, TraceIds = most, Instances = most, EventTypes =
            [
                .. most,
                .. most.Select(value => value + "*")
            ],
            Text = string.Join(
                ' ',
                most.Select(
                    word => word.PadRight(1_000, '%'))), Details = most.ToDictionary(path => path, _ => (IReadOnlyList<string>)most),
        };
        Assert.IsEmpty((await SearchAsync(query100)).Items, "the most of everything is no error");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public async Task Any_combination_of_filters_finds_what_a_plain_loop_finds(int seed)
    {
        var random = new Random(seed);
        string Pick(params string[] values) => values[random.Next(values.Length)];
        var events = Enumerable.Range(0, 200).Select(i => new
        {
            Number = i, Type = Pick(
                "user.login",
                "user.logout",
                "config.update"), User = Pick("u1", "u2", "u3"), Ip = Pick("::1", "::2"), Trace = Pick("t1", "t2"),
            At = Lines.Noon.AddSeconds(random.Next(20)), Color = Pick("red", "green"), Words = Pick("alpha beta", "Beta gamma", "delta"),
        }).ToList();
        await AddAsync([.. events.Select(e => Lines.Audit(
            e.Type, e.At, e.User, new { color = e.Color, text = e.Words }, sourceIp: e.Ip, traceId: e.Trace, message: $"{e.Number}"))]);

        for (var round = 0; round < 100 / Store.Every(3); round++)
        {
            bool Sometimes() => random.Next(3) == 0;
            var query = new AuditQuery
            {
                UserIds = Sometimes() ? ["u1", "u2"] : Sometimes() ? ["u3"] : [],
                EventTypes = Sometimes() ? ["user.*"] : Sometimes() ? ["config.update", "user.logout"] : [],
                SourceIps = Sometimes() ? ["::1"] : [],
                TraceIds = Sometimes() ? ["t2"] : [],
                Details = Sometimes()
                    ? new Dictionary<string, IReadOnlyList<string>> { ["color"] = ["red"] }
                    : new Dictionary<string, IReadOnlyList<string>>(),
                From = Sometimes() ? Lines.Noon.AddSeconds(random.Next(20)) : null,
                To = Sometimes() ? Lines.Noon.AddSeconds(random.Next(20)) : null,
                Text = Sometimes() ? Pick("beta", "bet lpha", "be", "ELTA", "amm beta a") : null,
                Descending = Sometimes(),
                Limit = random.Next(1, 40),
            };
            var expected = events
                .Where(e => query.UserIds.Count == 0 || query.UserIds.Contains(e.User))
                .Where(
                    e => query.EventTypes.Count == 0
                        || query.EventTypes.Contains(e.Type)
                        || (query.EventTypes[0] == "user.*" && e.Type.StartsWith("user.", StringComparison.Ordinal)))
                .Where(e => query.SourceIps.Count == 0 || query.SourceIps.Contains(e.Ip))
                .Where(e => query.TraceIds.Count == 0 || query.TraceIds.Contains(e.Trace))
                .Where(e => query.Details.Count == 0 || e.Color == "red")
                .Where(e => query.From is null || e.At >= query.From)
                .Where(e => query.To is null || e.At < query.To)
                .Where(e => (query.Text ?? "").Split(' ').All(word => e.Words.Contains(word, StringComparison.OrdinalIgnoreCase)))
                .OrderBy(e => e.At).ThenBy(e => e.Number).Select(e => $"{e.Number}").ToList();
            if (query.Descending) expected.Reverse();

            var found = new List<string?>();
            for (AuditPage? page = null; page is null || page.NextCursor is not null;)
            {
                page = await SearchAsync(query with { Cursor = page?.NextCursor });
                found.AddRange(page.Items.Select(item => item.Message));
            }

            CollectionAssert.AreEqual(expected, found, query.ToString());
        }
    }

    [TestMethod]
    public async Task A_search_waits_for_what_was_logged_before_it_and_returns_what_is_missing()
    {
        await AddAsync(Lines.Audit());
        var readYourWrites = new FixedReadYourWrites(behind: 7);

        Assert.AreEqual(7, (await new AuditLog(Database, readYourWrites).SearchAsync(new AuditQuery(), Cancellation)).Behind);
        Assert.AreEqual(1, readYourWrites.Asked);
    }

    [TestMethod]
    public async Task A_database_that_cannot_be_read_is_unavailable()
    {
        await AddAsync(Lines.Audit());
        await Store.BreakAsync();
        await Assert.ThrowsExactlyAsync<DatabaseUnavailableException>(() => SearchAsync(new AuditQuery()));
    }
}
