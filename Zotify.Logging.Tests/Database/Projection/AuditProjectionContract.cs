using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.Projection;

/// <summary>The rows of audit lines.</summary>
public abstract class AuditProjectionContract : StoreContract
{
    [TestMethod]
    [StandInLimit(StandIn.SeventhDigit)]
    public async Task Every_field_of_a_line_is_in_its_column()
    {
        var line = """
            {"timestamp":"2026-11-23T15:06:10.1234567Z","event_type":"user.login","user_id":"u42","details":{"b":1.50,"a":"\u00e4"},"scope":{"x":null},
            "seq":17,"id":"0195d8e4-0000-7000-8000-00000000000A","level":"Warning","category":"Zotify.Auth","event_id":1001,"message":"Hi","exception":"Boom",
            "source_ip":"::1","trace_id":"4bf9","span_id":"00f0","instance":"m1/app","key_id":"k1","hash":"abc"}
            """.ReplaceLineEndings("");
        Journal.Append(line);

        await ProjectAsync(new AuditProjection());

        var row = (await AuditRowsAsync()).Single();
        Assert.AreEqual((1L, 1L, 1L), (row.RowId, row.JournalId, row.Seq), "the journal numbers its lines itself");
        Assert.AreEqual(Guid.Parse("0195d8e4-0000-7000-8000-00000000000a"), row.Id);
        Assert.AreEqual(new DateTime(2026, 11, 23, 15, 6, 10, DateTimeKind.Utc).AddTicks(1_234_567), row.Timestamp);
        Assert.AreEqual(DateTimeKind.Utc, row.Timestamp.Kind);
        Assert.AreEqual(
            ("user.login", "u42", "::1", "Warning", "Zotify.Auth"), (row.EventType, row.UserId, row.SourceIp, row.Level, row.Category));
        Assert.AreEqual((1001, "Hi", "Boom", "4bf9", "00f0"), (row.EventId, row.Message, row.Exception, row.TraceId, row.SpanId));
        Assert.AreEqual(("m1/app", "k1", "abc"), (row.Instance, row.KeyId, row.Hash));
        Assert.AreEqual("""{"b":1.50,"a":"\u00e4"}""", row.Details, "as written in the journal");
        Assert.AreEqual("""{"x":null}""", row.Scope);
    }

    [TestMethod]
    public async Task Fields_that_are_left_out_are_null()
    {
        Journal.Append("""{"timestamp":"2026-11-23T15:06:10Z","event_type":"7","id":"0195d8e4-0000-7000-8000-000000000000","level":"Trace","instance":"i"}""");

        await ProjectAsync(new AuditProjection());

        var row = (await AuditRowsAsync()).Single();
        Assert.AreEqual("", row.Category);
        CollectionAssert.AreEqual(
            new object?[11],
            new object?[] { row.UserId, row.SourceIp, row.EventId, row.Message, row.Details, row.Scope, row.Exception, row.TraceId, row.SpanId, row.KeyId, row.Hash });
    }

    [TestMethod]
    public async Task Values_are_cut_to_their_columns()
    {
        var emoji = new string('x', 127) + "😀";
        Journal.Append(Lines.Audit(
            new string('e', 200), userId: emoji, sourceIp: new string('s', 200), traceId: new string('t', 200),
            instance: new string('i', 200), category: new string('c', 300), message: new string('m', 40_000)));

        await ProjectAsync(new AuditProjection());

        var row = (await AuditRowsAsync()).Single();
        Assert.AreEqual(new string('x', 127), row.UserId, "no half of a surrogate pair");
        Assert.AreEqual(
            (128, 128, 128, 64, 256, 40_000),
            (row.EventType.Length, row.SourceIp!.Length, row.TraceId!.Length, row.Instance.Length, row.Category.Length, row.Message!.Length));
    }

    [TestMethod]
    public async Task Two_that_count_the_first_event_of_a_type_at_once_lose_none()
    {
        await using var one = await Database.OpenForWritingAsync(Cancellation);
        await using var two = await Database.OpenForWritingAsync(Cancellation);
        for (var i = 0; i < 50; i++)
            await Task.WhenAll(new[] { one, two }.Select(connection => Task.Run(() => CountAsync(connection, $"type.{i}"), Cancellation)));

        AssertSame((await AuditCountsAsync()).Select(row => row.Count), [.. Enumerable.Repeat(2L, 50)]);
    }

    [TestMethod]
    public async Task Events_are_counted_by_hour_and_type_over_batches_and_runs()
    {
        Journal.Append(
            Lines.Audit("a", Lines.Noon), Lines.Audit(
                "a", Lines.Noon.AddMinutes(59)), Lines.Audit("b", Lines.Noon), Lines.Audit("a", Lines.Noon.AddHours(1)));
        await ProjectAsync(new AuditProjection());
        Journal.Append(Lines.Audit("a", Lines.Noon.AddTicks(1)));
        await ProjectAsync(new AuditProjection());

        CollectionAssert.AreEquivalent(
            new[] { (Lines.Noon, "a", 3L), (Lines.Noon, "b", 1L), (Lines.Noon.AddHours(1), "a", 1L) },
            (await AuditCountsAsync()).ConvertAll(row => (row.Hour, row.EventType, row.Count)));
    }

    private async Task CountAsync(LoggingConnection connection, string eventType)
    {
        var count = new AuditCountRow { Hour = Lines.Noon, EventType = eventType, Count = 1 };
        while (true)
        {
            try
            {
                using var turn = await Database.EnterWriteAsync(Cancellation);
                await connection.CommitAsync(
                    async () =>
                    {
                        await AuditCounts.AddAsync(connection, [count], Cancellation);
                        return true;
                    },
                    Cancellation);
                return;
            }
            catch (Exception exception) when (Database.IsTransient(exception))
            {
                // The other one was first.
            }
        }
    }
}
