using Microsoft.Data.Sqlite;
using SQLitePCL;
using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.Database.Projection;

/// <summary>Faults of a database file: the journals wait, and afterwards it has every line once.</summary>
[TestClass]
public sealed class SqliteFaultTests : StoreContract
{
    private SqliteStore Sqlite => (SqliteStore)Store;

    private protected override TestStore NewStore() => new SqliteStore();

    [TestMethod]
    public async Task A_folder_that_cannot_be_reached_for_hours_is_tried_every_ten_seconds_and_then_gets_everything()
    {
        var folder = Path.GetDirectoryName(Sqlite.File)!;
        await File.WriteAllTextAsync(folder, "a file where the folder should be", Cancellation);
        Journal.Append(Enumerable.Range(1, 3_000).Select(i => Lines.Audit(message: $"{i}")));
        await using var projector = Start(new AuditProjection());

        var attempts = 0;
        for (var waited = TimeSpan.Zero; waited < TimeSpan.FromHours(6); attempts++) waited += await Time.NextWaitAsync(Cancellation);
        Assert.IsInRange(6 * 360, 6 * 360 + 10, attempts);
        Assert.IsNotNull(projector.LastError);
        Assert.AreEqual(0, projector.ProjectedSeq);

        File.Delete(folder);
        await projector.CatchUpAsync(3_000, Cancellation);
        await AssertProjectedAsync(projector, 3_000);
    }

    [TestMethod]
    public async Task A_file_that_another_process_has_locked_gets_everything_when_that_process_is_killed()
    {
        Journal.Append(Lines.Audit(message: "1"));
        await ProjectAsync(new AuditProjection());
        await using var other = ChildProcess.Run<LockDatabase>(Sqlite.Folder, Sqlite.File);
        Assert.AreEqual("locked", await other.ReadLineAsync(Cancellation));
        Journal.Append(Enumerable.Range(2, 49).Select(i => Lines.Audit(message: $"{i}")));
        await using var projector = Start(new AuditProjection(), database: Sqlite.Open("Data Source=data/zotify.db;Default Timeout=1"));
        await Time.NextWaitAsync(Cancellation);
        Assert.AreEqual(raw.SQLITE_BUSY, ((SqliteException)projector.LastError!).SqliteErrorCode);
        Assert.HasCount(1, await AuditRowsAsync(), "readers do not wait");

        await other.KillAsync(Cancellation);
        await projector.CatchUpAsync(50, Cancellation);
        await AssertProjectedAsync(projector, 50);
    }

    [TestMethod]
    [DataRow("", "-wal", "-shm")]
    [DataRow("")]
    public async Task A_file_that_is_deleted_under_its_users_is_made_again_with_everything(params string[] deleted)
    {
        var jobs = new FakeJournal("jobs.json");
        Journal.Append(Lines.Audit(message: "1"));
        jobs.Append(Lines.Job(message: "1"));
        await using var projector = Start(new AuditProjection());
        await using var other = Start(new JobProjection(), jobs);
        await Task.WhenAll(projector.CatchUpAsync(1, Cancellation), other.CatchUpAsync(1, Cancellation));
        Assert.HasCount(1, await AuditRowsAsync());

        Sqlite.Delete(deleted);
        Journal.Append(Lines.Audit(message: "2"));
        await projector.CatchUpAsync(2, Cancellation);
        await AssertProjectedAsync(projector, 2);
        Assert.AreEqual(1, other.ProjectedSeq, "it has had nothing to do");

        jobs.Append(Lines.Job(message: "2"));
        await other.CatchUpAsync(2, Cancellation);
        Assert.AreEqual(2, (await JobAsync()).Entries);
        Journal.Append(Lines.Audit(message: "3"));
        await projector.CatchUpAsync(3, Cancellation);
        await AssertProjectedAsync(projector, 3);
        Assert.AreEqual("ok", await Sqlite.ReadTextAsync("PRAGMA integrity_check"));
    }

    [TestMethod]
    public async Task A_deleted_file_is_noticed_though_nothing_is_logged()
    {
        Journal.Append(Lines.Audit(message: "1"));
        await using var projector = Start(new AuditProjection());
        await projector.CatchUpAsync(1, Cancellation);
        Directory.Delete(Path.GetDirectoryName(Sqlite.File)!, recursive: true);

        await Time.EndIdleWaitAsync(Cancellation);
        Assert.AreEqual(TimeSpan.FromMilliseconds(100), await Time.NextWaitAsync(Cancellation));
        // It waits for the next line again: the first one is in the database.
        await Time.EndIdleWaitAsync(Cancellation);

        await AssertProjectedAsync(projector, 1);
        Assert.Contains("deleted or replaced", Reports.Single().Exception!.Message);
    }

    [TestMethod]
    public async Task A_new_file_at_its_path_gets_everything()
    {
        using var another = new SqliteStore();
        await (await another.Open().OpenForWritingAsync(Cancellation)).DisposeAsync();
        await AssertReplacedAsync(another.Copy());
    }

    [TestMethod]
    public async Task A_backup_at_its_path_gets_the_missing_rows()
    {
        Journal.Append(Lines.Audit(message: "1"), Lines.Audit(message: "2"));
        await ProjectAsync(new AuditProjection());
        await AssertReplacedAsync(Sqlite.Copy());
    }

    [TestMethod]
    public async Task Jobs_of_earlier_runs_are_interrupted_in_a_new_file_too()
    {
        Journal.Append(Lines.Job("left"));
        await using var projector = Start(new JobProjection());
        Journal.Append(Lines.Job("new"));
        await projector.CatchUpAsync(2, Cancellation);
        Sqlite.Delete("", "-wal", "-shm");

        Journal.Append(Lines.Job("new"));
        await projector.CatchUpAsync(3, Cancellation);

        Assert.AreEqual("interrupted", (await JobAsync("left")).Status);
        Assert.AreEqual("running", (await JobAsync("new")).Status);
    }

    [TestMethod]
    public async Task A_file_that_can_only_be_read_gets_everything_when_it_can_be_written()
    {
        Journal.Append(Lines.Audit(message: "1"));
        await ProjectAsync(new AuditProjection());
        Journal.Append(Lines.Audit(message: "2"));
        Database.Dispose();
        var protection = Sqlite.Protect();
        await using var projector = Start(new AuditProjection());
        for (var i = 0; i < 3; i++) await Time.NextWaitAsync(Cancellation);
        Assert.AreEqual(raw.SQLITE_READONLY, ((SqliteException)projector.LastError!).SqliteErrorCode);
        Assert.HasCount(1, await AuditRowsAsync(), "it can be read");

        protection.Dispose();
        await projector.CatchUpAsync(2, Cancellation);
        await AssertProjectedAsync(projector, 2);
    }

    [TestMethod]
    public async Task A_full_disk_refuses_no_row_and_gets_everything_when_there_is_room()
    {
        var connections = new TightConnections { Pages = 100 };
        var database = Sqlite.Open(connections);
        Journal.Append(Enumerable.Range(1, 3_000).Select(i => Lines.Audit(message: $"{i}")));
        await using var projector = Start(new AuditProjection(), database: database);
        for (var i = 0; i < 3; i++) await Time.NextWaitAsync(Cancellation);
        Assert.AreEqual(raw.SQLITE_FULL, ((SqliteException)projector.LastError!).SqliteErrorCode);

        connections.Pages = 1_000_000;
        await projector.CatchUpAsync(3_000, Cancellation);
        await AssertProjectedAsync(projector, 3_000);
    }

    [TestMethod]
    public async Task A_spoiled_file_gets_everything_when_it_is_taken_away()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Sqlite.File)!);
        await File.WriteAllTextAsync(Sqlite.File, "no database, but long enough to be looked at: " + new string('x', 4_096), Cancellation);
        Journal.Append(Lines.Audit(message: "1"));
        await using var projector = Start(new AuditProjection());
        for (var i = 0; i < 3; i++) await Time.NextWaitAsync(Cancellation);
        Assert.AreEqual(raw.SQLITE_NOTADB, ((SqliteException)projector.LastError!).SqliteErrorCode);

        Sqlite.Delete("");
        await projector.CatchUpAsync(1, Cancellation);
        await AssertProjectedAsync(projector, 1);
    }

    [TestMethod]
    public async Task A_value_that_is_too_big_for_SQLite_is_set_aside()
    {
        var database = Sqlite.Open(new TightConnections { ValueLength = 100_000 });
        Journal.Append(Lines.Audit(message: "1"), Lines.Audit(message: new string('x', 200_000)), Lines.Audit(message: "3"));
        await using var projector = Start(new AuditProjection(), database: database);
        await projector.CatchUpAsync(3, Cancellation);

        AssertSame((await AuditRowsAsync()).ConvertAll(row => row.Message), "1", "3");
        AssertSame(SetAsideSeqs(), 2);
    }

    [TestMethod]
    [DataRow(raw.SQLITE_CONSTRAINT, true)]
    [DataRow(raw.SQLITE_MISMATCH, true)]
    [DataRow(raw.SQLITE_TOOBIG, true)]
    [DataRow(raw.SQLITE_RANGE, true)]
    [DataRow(raw.SQLITE_ERROR, false)]
    [DataRow(raw.SQLITE_BUSY, false)]
    [DataRow(raw.SQLITE_LOCKED, false)]
    [DataRow(raw.SQLITE_NOMEM, false)]
    [DataRow(raw.SQLITE_READONLY, false)]
    [DataRow(raw.SQLITE_INTERRUPT, false)]
    [DataRow(raw.SQLITE_IOERR, false)]
    [DataRow(raw.SQLITE_CORRUPT, false)]
    [DataRow(raw.SQLITE_FULL, false)]
    [DataRow(raw.SQLITE_CANTOPEN, false)]
    [DataRow(raw.SQLITE_SCHEMA, false)]
    [DataRow(raw.SQLITE_NOTADB, false)]
    public void Only_what_lies_in_the_row_is_a_refusal(int code, bool expected)
    {
        Assert.AreEqual(expected, Database.IsRefusal(new SqliteException("", code)));
        Assert.IsFalse(Database.IsRefusal(new RowChangedException("")));
    }

    /// <summary>Four lines, the file replaced under the projector, two more: the new file has all of them once.</summary>
    private async Task AssertReplacedAsync(string replacement)
    {
        Journal.Append(
            Enumerable.Range((int)Journal.DurableSeq + 1, 4 - (int)Journal.DurableSeq).Select(i => Lines.Audit(message: $"{i}")));
        await using var projector = Start(new AuditProjection());
        await projector.CatchUpAsync(4, Cancellation);
        Assert.HasCount(4, await AuditRowsAsync(), "a reader's connection is kept for reuse");
        Sqlite.Delete("-wal", "-shm");
        File.Move(replacement, Sqlite.File, overwrite: true);

        Journal.Append(Lines.Audit(message: "5"));
        await projector.CatchUpAsync(5, Cancellation);
        Journal.Append(Lines.Audit(message: "6"));
        await projector.CatchUpAsync(6, Cancellation);

        await AssertProjectedAsync(projector, 6);
        Assert.AreEqual(0, Journal.Renewals);
    }

    /// <summary>The file at the path has the lines 1 to <paramref name="last"/> once, and all is well again.</summary>
    private async Task AssertProjectedAsync(Projector projector, int last)
    {
        var expected = Enumerable.Range(1, last).Select(i => $"{i}").ToArray();
        Assert.AreEqual(string.Join('\n', expected), await Sqlite.ReadTextAsync("SELECT message FROM audit_events ORDER BY row_id"));
        CollectionAssert.AreEqual(expected, (await AuditRowsAsync()).ConvertAll(row => row.Message));
        Assert.AreEqual(last, (await AuditCountsAsync()).Sum(row => row.Count));
        Assert.AreEqual(last, projector.ProjectedSeq);
        Assert.IsNull(projector.LastError);
        Assert.AreEqual(0, projector.Rejected);
    }
}
