using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.Retention;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database;

/// <summary>The index of the texts: every event has a place in it, in the order of time, as long as it has a row.</summary>
[TestClass]
public sealed class SqliteTextIndexTests : StoreContract
{
    // A place is right if it is not before the event's time, its lag is right, and the texts are found there.
    private const string Places =
        """
        SELECT e.message, o.lag,
          o.place - o.lag = ((unixepoch(substr(e.timestamp, 1, 19)) + 62135596800) * 10000000 + CAST(substr(e.timestamp, 21, 7) AS INTEGER)) >> 6,
          EXISTS (SELECT 1 FROM audit_text WHERE audit_text MATCH '"wor" AND "ord"' AND rowid = o.place)
        FROM audit_text_order o JOIN audit_events e ON e.row_id = o.row_id
        ORDER BY o.place
        """;

    private const string Left =
        "SELECT (SELECT count(*) FROM audit_events), (SELECT count(*) FROM audit_text_order), (SELECT count(*) FROM audit_text_docsize)";

    private protected override TestStore NewStore() => new SqliteStore();

    [TestMethod]
    public async Task Events_have_places_in_the_order_of_their_times_however_they_come()
    {
        await AddAsync((2, "b word"), (1, "a word"), (2, "c word"), (3, "e word"), (2, "d word"));

        // An event whose place was in use comes later, and the later place of another event is not taken from it.
        Assert.AreEqual("a word|0|1|1\nb word|0|1|1\nc word|1|1|1\nd word|2|1|1\ne word|0|1|1", await Store.ReadTextAsync(Places));
    }

    [TestMethod]
    public async Task Many_events_of_one_time_have_different_places()
    {
        Journal.Append(Enumerable.Range(0, 5_000).Select(i => Lines.Audit(message: $"{i} word")));
        await ProjectAsync(new AuditProjection());

        Assert.AreEqual("5000|5000|5000", await Store.ReadTextAsync(Left));
        Assert.AreEqual("4999|4999", await Store.ReadTextAsync("SELECT max(lag), max(place) - min(place) FROM audit_text_order"));
        var rows = await Store.ReadTextAsync(
            "SELECT count(*) FROM (SELECT row_id, lag(row_id) OVER (ORDER BY place) AS before FROM audit_text_order) WHERE row_id < before");
        Assert.AreEqual("0", rows);
    }

    [TestMethod]
    public async Task Rows_that_retention_deletes_leave_the_index()
    {
        await AddAsync((1, "a word"), (1, "b word"), (2, "c word"), (2, "d word"));

        await using (var session = await RetentionSession.OpenAsync(Database, Cancellation)) await new AuditRowPruner(session)
            .DeleteThroughAsync(1, 3, Cancellation);

        Assert.AreEqual("d word|1|1|1", await Store.ReadTextAsync(Places));
        Assert.AreEqual("1|1|1", await Store.ReadTextAsync(Left));
        Assert.AreEqual("1", await Store.ReadTextAsync("""SELECT count(*) FROM audit_text WHERE audit_text MATCH '"wor"'"""));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task Events_from_before_the_index_are_brought_into_it(bool byScript)
    {
        await Store.MakeOldTablesAsync(Store.OldVersions.Single(version => version.Contains("JobsByJournal", StringComparison.Ordinal)));
        await Store.ExecuteAsync(
            "INSERT INTO journals (journal, instance, name, seq, hash, segment, offset) VALUES ('x', 'm1/app', 'audit.log.json', 2, 'h', 1, 100)");
        int[] times = [3, 1, 2, 2, 2];
        foreach (var (i, at) in times.Index())
        {
            await Store.ExecuteAsync(
                "INSERT INTO audit_events (journal_id, seq, id, timestamp, event_type, level, category, message, instance) "







                + $"VALUES (1, {i}, '0195d8e4-0000-7000-8000-00000000000{i}', {Store.Literal(Lines.Noon.AddMilliseconds(at))}, 'e', 'l', 'c', '{i} word', 'm1/app')");
        }

        if (byScript) await Store.ExecuteAsync(Database.Script());
        await Database.MigrateAsync(Cancellation);
        await Store.ExecuteAsync(Database.Script());

        Assert.AreEqual("1 word|0|1|1\n2 word|0|1|1\n3 word|1|1|1\n4 word|2|1|1\n0 word|0|1|1", await Store.ReadTextAsync(Places));
        Assert.AreEqual("5|5|5", await Store.ReadTextAsync(Left));
    }

    [TestMethod]
    public void The_same_place_is_computed_in_code_and_in_SQL()
    {
        Assert.AreEqual(Lines.Noon.Ticks / 64, SqliteTextIndex.PlaceOf(Lines.Noon));
        Assert.AreEqual(0, SqliteTextIndex.PlaceOf(DateTime.MinValue));
    }

    // Times in milliseconds after noon.
    private async Task AddAsync(params (int At, string Message)[] events)
    {
        Journal.Append(events.Select(e => Lines.Audit(at: Lines.Noon.AddMilliseconds(e.At), message: e.Message)));
        await ProjectAsync(new AuditProjection());
    }
}
