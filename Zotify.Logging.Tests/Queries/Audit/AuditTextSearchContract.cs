using System.Globalization;
using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.Queries;
using Zotify.Logging.Retention;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Queries.Audit;

/// <summary>A search by the index of the texts finds what comparing every row finds, in the same order and on the same pages.</summary>
public abstract class AuditTextSearchContract : StoreContract
{
    // Few of them, so that terms are found in many rows, in few and in none.
    private static readonly string[] Words =
    [
        "login", "Login", "LOGOUT", "album", "Größe", "GRÖSSE", "a\"b", "x\\y", "tab\there", "ab", "ba", "aab", "😀", "İstanbul", "日本語",
        "10.0.0.1", "user.login", "%_[", "-minus", "ſtraße",
    ];

    private static readonly string[] Types = ["user.login", "user.logout", "config.changed", "1001"];
    private static readonly TextRunSize Size = new(BlockRows: 1, SmallOfLarge: 16);

    [TestMethod]
    [Timeout(3_600_000, CooperativeCancellation = true)]
    public async Task Random_searches_of_random_journals_find_what_comparing_every_row_finds()
    {
        var (found, compared) = (0, 0);
        // A query of a server takes many times as long. At the full size, 20, it makes 10,000 queries as well: more of each database.
        var (databases, queries, events) = Store.Engine == "Sqlite" ? (5, 100, 1_500) : (2, TestScale.Factor == 1 ? 16 : 250, 400);
        var mostPages = Store.Engine == "Sqlite" ? int.MaxValue : 10;
        for (var seed = 0; seed < databases; seed++)
        {
            using var store = NewStore();
            using var database = store.Open();
            var random = new Random(seed);
            await FillAsync(store, database, random, events);
            found += await database.ReadAsync(
                (connection, cancellation) => CompareAsync(connection, random, queries * TestScale.Factor, mostPages, cancellation),
                Cancellation);
            compared += queries * TestScale.Factor;
        }

        TestContext.WriteLine($"{compared} searches of {databases} databases; {found} found something");
        Assert.IsGreaterThan(databases * queries / 5 * TestScale.Factor, found, "many of them find something");
    }

    private async Task FillAsync(TestStore store, LoggingDatabase database, Random random, int events)
    {
        // Two instances write at once.
        await Task.WhenAll(Enumerable.Range(0, 2).Select(i => ProjectAsync(database, $"m{i}/app", random.Next(100, events), random.Next())));
        if (random.Next(2) == 0)
        {
            await using var session = await RetentionSession.OpenAsync(database, Cancellation);
            await new AuditRowPruner(session).DeleteThroughAsync(1, random.Next(1, 300), Cancellation);
        }

        // Some runs are from before the index, and their journals went on: earlier builds left their last rows in the next run, too.
        if (random.Next(2) == 0)
        {
            await store.ExecuteAsync(
                $"UPDATE audit_text_runs SET pages = NULL WHERE first_seq % {64 * random.Next(2, 5)} = 1",
                """
                UPDATE audit_text_runs SET last_seq = last_seq + 40
                WHERE pages IS NULL AND EXISTS (
                  SELECT 1 FROM audit_text_runs AS n
                  WHERE n.journal_id = audit_text_runs.journal_id AND n.first_seq = audit_text_runs.last_seq + 1)
                """);
        }

        // The pages of some are gone: they are read as if they were not indexed.
        if (random.Next(2) == 0)
            await store.ExecuteAsync($"DELETE FROM audit_text_pages WHERE journal_id = 2 AND page = {random.Next(-1, 3)}");
    }

    private async Task ProjectAsync(LoggingDatabase database, string instance, int count, int seed)
    {
        var random = new Random(seed);
        var journal = new FakeJournal($"audit-{instance[1]}.json");
        journal.Append(Enumerable.Range(0, count).Select(i => Line(random, i, instance)));
        await using var projector = Start(new AuditProjection(Size, TimeProvider.System), journal, database, instance);
        await projector.CatchUpAsync(count, Cancellation);
    }

    private static string Line(Random random, int i, string instance) => Lines.Audit(
        Types[random.Next(Types.Length)],
        // Times that ascend in the main, many of them equal, some far away.
        Lines.Noon.AddMilliseconds((i / 3) + random.Next(4) - (random.Next(50) == 0 ? random.Next(2_000) : 0)),
        userId: random.Next(3) == 0 ? null : $"u{random.Next(12)}",
        details: random.Next(4) == 0 ? null : new Dictionary<string, object> { [Word(random)] = Word(random), ["n"] = random.Next(300) },
        scope: random.Next(4) == 0 ? new Dictionary<string, object> { ["request"] = $"r-{random.Next(5_000)}" } : null,
        message: random.Next(10) == 0 ? null : $"{Word(random)} {Word(random)} {random.Next(2_000)}",
        sourceIp: random.Next(3) == 0 ? null : $"10.0.0.{random.Next(30)}",
        traceId: random.Next(3) == 0 ? null : $"{random.Next(400):x32}",
        instance: instance,
        id: random.Next(20) == 0 ? Id(random) : null);

    /// <summary>An id that has no time, or another one than its event.</summary>
    private static Guid Id(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static string Word(Random random) => Words[random.Next(Words.Length)];

    /// <summary>Makes random searches. Returns how many found something.</summary>
    internal static async Task<int> CompareAsync(
        LoggingConnection connection, Random random, int count, int mostPages, CancellationToken cancellation)
    {
        var rows = await AuditRowReader.ReadAsync(
            connection, SqlQuery.Raw($"SELECT {AuditRowReader.Columns} FROM audit_events AS e"), cancellation);
        var found = 0;
        for (var i = 0; i < count; i++)
        {
            var query = Query(random, rows);
            var expected = Scan(rows, query);
            // Each page is some statements of a server.
            query = query with { Limit = Math.Max(query.Limit, expected.Count / mostPages) };
            if (expected.Count > 0) found++;
            // A small budget stops in between, and the cursor goes on there.
            var budget = random.Next(3) == 0 ? random.Next(20, 300) : ScanBudget.UsualRows;
            // Small limits leave the index.
            var limits = random.Next(3) == 0 ? new ScanLimits(random.Next(300), random.Next(400)) : ScanLimits.Usual;
            var actual = await ReadAllAsync(connection, query, budget, limits, expected.Count, cancellation);
            Assert.AreEqual(Text(expected), Text(actual), $"{AuditQueryJson.Of(query)} with {budget} rows, {limits}");
            var row = rows[random.Next(rows.Count)];
            Assert.AreEqual(row.Seq, (await AuditEventFinder.FindAsync(connection, row.Id, cancellation))?.Seq, $"{row.Id}");
            Assert.IsNull(await AuditEventFinder.FindAsync(connection, Id(random), cancellation));
        }

        return found;
    }

    private static async Task<List<AuditEventRow>> ReadAllAsync(
        LoggingConnection connection, AuditQuery query, int budget, ScanLimits limits, int expected, CancellationToken cancellation)
    {
        var all = new List<AuditEventRow>();
        var pages = 0;
        for (string? cursor = null; ; pages++)
        {
            var (rows, next, previous, _) = await AuditPager.ReadAsync(
                connection, query with { Cursor = cursor }, new ScanBudget(budget) { Limits = limits }, cancellation);
            if (pages == 1 && previous is not null && budget == ScanBudget.UsualRows) await AssertBackAsync(connection, query, previous, all, cancellation);
            all.AddRange(rows);
            if (next is null) return all;
            Assert.AreNotEqual(cursor, next, "it goes on");
            Assert.IsLessThanOrEqualTo(expected, all.Count);
            cursor = next;
        }
    }

    private static async Task AssertBackAsync(
        LoggingConnection connection, AuditQuery query, string previous, List<AuditEventRow> first, CancellationToken cancellation)
    {
        var (rows, _, _, _) = await AuditPager.ReadAsync(connection, query with { Cursor = previous }, new ScanBudget(), cancellation);
        Assert.AreEqual(Text(first), Text(rows), $"back of {AuditQueryJson.Of(query)}");
    }

    private static AuditQuery Query(Random random, List<AuditEventRow> rows)
    {
        var row = rows[random.Next(rows.Count)];
        var terms = string.Join(' ', Enumerable.Range(0, random.Next(0, 4)).Select(_ => Term(random, rows)));
        var query = new AuditQuery { Text = terms, Descending = random.Next(2) == 0, Limit = random.Next(1, 80) };
        if (random.Next(4) == 0) query = query with { UserIds = [row.UserId ?? "none", .. random.Next(2) == 0 ? (string[])["u1"] : []] };
        if (random.Next(5) == 0) query = query with { SourceIps = [row.SourceIp ?? "none"] };
        if (random.Next(6) == 0) query = query with { EventTypes = random.Next(2) == 0 ? [row.EventType] : ["user.*"] };
        if (random.Next(6) == 0) query = query with { Instances = [row.Instance] };
        if (random.Next(6) == 0) query = query with { TraceIds = [row.TraceId ?? "none"] };
        if (random.Next(6) == 0) query = query with { Details = new Dictionary<string, IReadOnlyList<string>> { ["n"] = [$"{random.Next(300)}"] } };
        if (random.Next(5) == 0) query = query with { From = rows[random.Next(rows.Count)].Timestamp };
        if (random.Next(5) == 0) query = query with { To = rows[random.Next(rows.Count)].Timestamp };
        return query;
    }

    private static string Term(Random random, List<AuditEventRow> rows)
    {
        var row = rows[random.Next(rows.Count)];
        string?[] texts = [row.Message, row.Details, row.Scope, row.EventType, row.UserId, row.SourceIp, row.TraceId, row.Category, Word(random)];
        var text = texts[random.Next(texts.Length)] ?? "nothing";
        var start = random.Next(text.Length);
        var part = text.Substring(start, random.Next(1, Math.Min(9, text.Length - start) + 1));
        if (random.Next(3) == 0) part = part.ToUpper(CultureInfo.InvariantCulture);
        var quoted = $"\"{part.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        return random.Next(8) == 0 ? $"-{quoted}" : quoted;
    }

    /// <summary>Compares every row.</summary>
    private static List<AuditEventRow> Scan(List<AuditEventRow> rows, AuditQuery query)
    {
        var matcher = new AuditMatcher(query);
        var matching = rows.Where(row =>
            matcher.Matches(row)
            && AuditFilters.ByColumn(query).All(filter => filter.Values.Count == 0 || filter.Values.Any(value => Is(filter.Value(row), value)))
            && !(row.Timestamp < query.From?.UtcDateTime) && !(row.Timestamp >= query.To?.UtcDateTime));
        return query.Descending
            ? [.. matching.OrderByDescending(row => (row.Timestamp, row.JournalId, row.Seq))]
            : [.. matching.OrderBy(row => (row.Timestamp, row.JournalId, row.Seq))];

        static bool Is(string? value, string wanted) =>
            wanted.EndsWith('*') ? value?.StartsWith(wanted[..^1], StringComparison.Ordinal) is true : value == wanted;
    }

    private static string Text(List<AuditEventRow> rows) => string.Join(' ', rows.Select(row => $"{row.JournalId}/{row.Seq}"));
}
