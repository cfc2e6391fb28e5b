using System.Data;
using Zotify.Logging.Database;
using Zotify.Logging.SqlServer;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database.SqlServer;

[TestClass]
public sealed class SqlServerBulkInsertTests
{
    [TestMethod]
    public void Rows_become_the_tables_columns_without_the_one_that_the_server_fills()
    {
        var at = Lines.Noon.AddTicks(1_234_567);
        using var table = SqlServerBulkInsert.ToData(
            SqlTables.JobLogs,
            [
                new JobLogRow { JournalId = 3, Seq = 7, JobId = "sync-1", Instance = "m1/app", Timestamp = at, Level = "Warning", Category = "c", EventId = 5, ProgressDone = 9 },
            ]);

        Assert.AreEqual("job_logs", table.TableName);
        Assert.AreEqual(
            "category event_id event_name exception instance job_id journal_id level message progress_done progress_total properties seq "
                + "span_id timestamp trace_id",
            string.Join(' ', table.Columns.Cast<DataColumn>().Select(column => column.ColumnName).Order(StringComparer.Ordinal)));
        var row = table.Rows[0];
        Assert.AreEqual((3L, 7L, "sync-1", 5, 9L), (row["journal_id"], row["seq"], row["job_id"], row["event_id"], row["progress_done"]));
        Assert.AreEqual(at, row["timestamp"], "with all its digits, and in no other zone");
        Assert.AreEqual(DBNull.Value, row["message"]);
        Assert.AreEqual(DBNull.Value, row["progress_total"]);
    }

    [TestMethod]
    public void Ids_are_ids()
    {
        var id = Guid.CreateVersion7(Lines.Noon);
        using var table = SqlServerBulkInsert.ToData(
            SqlTables.AuditEvents,
            [
                new AuditEventRow { JournalId = 1, Seq = 1, Id = id, Timestamp = Lines.Noon, EventType = "e", Level = "l", Category = "", Instance = "i" }
            ]);

        Assert.AreEqual(id, table.Rows[0]["id"]);
        Assert.IsFalse(table.Columns.Contains("row_id"));
    }
}
