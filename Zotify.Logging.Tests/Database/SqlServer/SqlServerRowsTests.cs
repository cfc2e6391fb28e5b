using Zotify.Logging.Database;
using Zotify.Logging.SqlServer;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.SqlServer;

[TestClass]
public sealed class SqlServerRowsTests
{
    [TestMethod]
    public void Rows_become_the_tables_columns_without_the_one_that_the_server_fills()
    {
        var at = Lines.Noon.AddTicks(1_234_567);
        using var rows = Of(
            SqlTables.JobLogs,
            new JobLogRow { JournalId = 3, Seq = 7, JobId = "sync-1", Instance = "m1/app", Timestamp = at, Level = "Warning", Category = "c", EventId = 5, ProgressDone = 9 });

        Assert.AreEqual(
            "category event_id event_name exception instance job_id journal_id level message progress_done progress_total properties seq "
                + "span_id timestamp trace_id",
            string.Join(' ', Enumerable.Range(0, rows.FieldCount).Select(rows.GetName)));
        Assert.IsTrue(rows.Read());
        Assert.AreEqual((3L, 7L, "sync-1", 5, 9L), (rows["journal_id"], rows["seq"], rows["job_id"], rows["event_id"], rows["progress_done"]));
        Assert.AreEqual(at, rows["timestamp"], "with all its digits, and in no other zone");
        Assert.AreEqual(DBNull.Value, rows["message"]);
        Assert.IsTrue(rows.IsDBNull(rows.GetOrdinal("progress_total")));
        Assert.IsFalse(rows.Read());
    }

    [TestMethod]
    public void Ids_are_ids()
    {
        var id = Guid.CreateVersion7(Lines.Noon);
        using var rows = Of(
            SqlTables.AuditEvents,
            new AuditEventRow { JournalId = 1, Seq = 1, Id = id, Timestamp = Lines.Noon, EventType = "e", Level = "l", Category = "", Instance = "i" });

        Assert.IsTrue(rows.Read());
        Assert.AreEqual(id, rows["id"]);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => rows["row_id"]);
    }

    [TestMethod]
    public void Each_row_is_read_once_in_order()
    {
        using var rows = Of(
            SqlTables.JobLogs, [.. Enumerable.Range(1, 3).Select(seq => new JobLogRow(1, seq) { Timestamp = Lines.Noon })]);

        var read = new List<object>();
        while (rows.Read()) read.Add(rows["seq"]);

        CollectionAssert.AreEqual(new object[] { 1L, 2L, 3L }, read);
    }

    private static SqlServerRows<TRow> Of<TRow>(SqlTable<TRow> table, params TRow[] rows) => new(table, rows, new SqlServerDialect());
}
