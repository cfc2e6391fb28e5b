using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database;

/// <summary>The parts that only SQLite has: the file, its modes, its locks and its migrations.</summary>
[TestClass]
public sealed class SqliteDatabaseTests : StoreContract
{
    private SqliteStore Sqlite => (SqliteStore)Store;

    private protected override TestStore NewStore() => new SqliteStore();

    [TestMethod]
    public async Task A_relative_file_is_made_below_the_content_root_with_its_folder()
    {
        Assert.IsFalse(Directory.Exists(Path.GetDirectoryName(Sqlite.File)));

        await using (await Database.OpenForWritingAsync(Cancellation))
        {
            Assert.IsTrue(File.Exists(Sqlite.File));
        }
    }

    [TestMethod]
    public async Task Reading_a_database_that_is_not_there_finds_nothing_and_makes_none()
    {
        Assert.IsEmpty(await AuditRowsAsync());
        Directory.CreateDirectory(Path.GetDirectoryName(Sqlite.File)!);
        Assert.IsEmpty(await AuditRowsAsync());

        Assert.IsFalse(File.Exists(Sqlite.File));
    }

    [TestMethod]
    [DataRow("Data Source=")]
    [DataRow("Data Source=:memory:")]
    [DataRow("Data Source=x.db;Mode=Memory")]
    [DataRow("Data Source=file:x.db")]
    [DataRow("Server=db")]
    [DataRow("nonsense")]
    public void A_connection_string_without_a_file_is_refused(string connectionString) =>
        Assert.Throws<ArgumentException>(() => Sqlite.Open(connectionString));

    [TestMethod]
    public async Task Writers_use_a_write_ahead_log_and_keep_foreign_keys()
    {
        await using var connection = await Database.OpenForWritingAsync(Cancellation);

        Assert.AreEqual("wal", await PragmaAsync(connection, "journal_mode"));
        Assert.AreEqual("1", await PragmaAsync(connection, "synchronous"));
        Assert.AreEqual("1", await PragmaAsync(connection, "foreign_keys"));
        Assert.AreEqual("2000", await PragmaAsync(connection, "busy_timeout"));
    }

    [TestMethod]
    public async Task Writers_of_one_file_take_turns_whichever_object_they_opened_it_by()
    {
        var first = await Database.EnterWriteAsync(Cancellation);
        var second = Sqlite.Open($"Data Source={Sqlite.File}").EnterWriteAsync(Cancellation);
        Assert.IsFalse(second.IsCompleted);

        first.Dispose();
        first.Dispose();
        using (await second)
        {
            Assert.IsFalse(Database.EnterWriteAsync(Cancellation).IsCompleted, "disposing twice must not let two in");
        }
    }

    [TestMethod]
    [DataRow("-shm")]
    [DataRow("-wal")]
    public async Task Side_files_of_a_deleted_database_do_not_become_the_new_ones(string suffix)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Sqlite.File)!);
        await File.WriteAllTextAsync(Sqlite.File + suffix, "mapped by those who still have the deleted file open", Cancellation);
        await using var open = new FileStream(Sqlite.File + suffix, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = open.Length;

        await (await Database.OpenForWritingAsync(Cancellation)).DisposeAsync();

        Assert.AreEqual(length, open.Length, "it was used for the new file");
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task An_index_of_the_log_that_was_made_read_only_gets_the_permissions_of_its_database()
    {
        await (await Database.OpenForWritingAsync(Cancellation)).DisposeAsync();
        await File.WriteAllBytesAsync(Sqlite.File + "-shm", new byte[32_768], Cancellation);
        File.SetAttributes(Sqlite.File + "-shm", FileAttributes.ReadOnly);

        await using var connection = await Database.OpenForWritingAsync(Cancellation);

#pragma warning disable CA1416 // Not on Windows.
        Assert.AreEqual(File.GetUnixFileMode(Sqlite.File), File.GetUnixFileMode(Sqlite.File + "-shm"));
#pragma warning restore CA1416
    }

    [TestMethod]
    public async Task The_tables_are_those_of_the_documentation()
    {
        await using (await Database.OpenForWritingAsync(Cancellation))
        {
        }

        var columns = await Sqlite.ReadTextAsync(
            "SELECT m.name || ': ' || group_concat(c.name, ' ') FROM sqlite_master m, pragma_table_info(m.name) c "
            + "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' GROUP BY m.name ORDER BY m.name");
        Assert.AreEqual(
            """
            audit_counts: hour event_type count
            audit_events: row_id journal_id seq id timestamp event_type user_id source_ip level category event_id message details scope exception trace_id span_id instance key_id hash
            audit_text_pages: journal_id first_seq page data
            audit_text_runs: journal_id first_seq last_seq block_rows earliest latest pages
            instances: instance started_at seen_at stopped_at version
            job_logs: id journal_id seq job_id instance timestamp level category event_id event_name message exception properties progress_done progress_total trace_id span_id
            jobs: job_id job_type status instance progress_done progress_total progress_at entries warnings errors first_at last_at ended_at last_message
            journals: id journal instance name seq hash segment offset
            zotify_schema: name recorded_at
            """.ReplaceLineEndings("\n"),
            columns);
    }

    [TestMethod]
    public async Task Times_and_ids_are_texts_that_sort_and_that_the_files_have_too()
    {
        Journal.Append(
            """{"timestamp":"2026-11-23T15:06:10.5Z","event_type":"e","id":"0195D8E4-0000-7000-8000-00000000000A","level":"Trace","instance":"i"}""");
        await ProjectAsync(new AuditProjection());

        Assert.AreEqual(
            $"2026-11-23T15:06:10.5000000Z|0195d8e4-0000-7000-8000-00000000000a|{Journal.Id:D}",
            await Sqlite.ReadTextAsync("SELECT e.timestamp, e.id, j.journal FROM audit_events e JOIN journals j ON j.id = e.journal_id"));
        Assert.AreEqual("2026-11-23T15:00:00.0000000Z|e|1", await Sqlite.ReadTextAsync("SELECT hour, event_type, count FROM audit_counts"));
    }

    [TestMethod]
    public async Task A_database_of_this_version_is_opened_without_writing_and_keeps_its_data()
    {
        Journal.Append(Lines.Audit(message: "1"));
        await ProjectAsync(new AuditProjection());
        await using var other = Sqlite.Connect();
        await using var writing = other.BeginTransaction();

        await using var connection = await Sqlite.Open("Data Source=data/zotify.db;Default Timeout=1").OpenForWritingAsync(Cancellation);
        await using var context = connection.Tables();

        Assert.AreEqual("1", (await context.AuditEvents.SingleAsync(Cancellation)).Message);
    }

    [TestMethod]
    public async Task A_migration_that_fails_leaves_everything_as_it_was()
    {
        Journal.Append(Lines.Audit(message: "1"));
        await ProjectAsync(new AuditProjection());
        // An older database, as far as this program can know. The existing tables make the migration fail halfway.
        await Sqlite.ExecuteAsync("DROP TABLE jobs; DROP TABLE audit_counts; DELETE FROM zotify_schema;");

        await Assert.ThrowsExactlyAsync<SqliteException>(() => Database.OpenForWritingAsync(Cancellation));

        Assert.AreEqual("1", await Sqlite.ReadTextAsync("SELECT message FROM audit_events"));
        Assert.AreEqual("", await Sqlite.ReadTextAsync("SELECT name FROM sqlite_master WHERE name IN ('jobs', 'audit_counts')"));
    }

    [TestMethod]
    public async Task A_migration_keeps_the_data_of_the_tables_that_it_does_not_touch()
    {
        // A later version would do this to a database of this version: it creates the tables of the missing migration, and keeps the
        // others.
        await Sqlite.ExecuteInNewFileAsync("CREATE TABLE kept (id INTEGER); INSERT INTO kept VALUES (7);");

        await using (await Database.OpenForWritingAsync(Cancellation))
        {
        }

        Assert.AreEqual("7|0", await Sqlite.ReadTextAsync("SELECT (SELECT id FROM kept), (SELECT count(*) FROM jobs)"));
    }

    [TestMethod]
    public async Task A_lock_that_a_killed_migration_left_behind_holds_up_nobody()
    {
        await Sqlite.ExecuteInNewFileAsync(
            "CREATE TABLE __EFMigrationsLock (Id INTEGER NOT NULL PRIMARY KEY, Timestamp TEXT NOT NULL); INSERT INTO __EFMigrationsLock VALUES (1, '2026-01-01');");

        await using var connection = await Database.OpenForWritingAsync(Cancellation);
        await using var context = connection.Tables();

        Assert.AreEqual(0, await context.Jobs.CountAsync(Cancellation));
    }

    [TestMethod]
    public async Task Two_processes_that_migrate_at_once_both_find_the_tables()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Sqlite.File)!);
        await using var other = Sqlite.Connect();
        var made = SqliteSchemaScript.All.SelectMany(script => (string[])[script.ReadText(), SqliteHistory.Record(script.Name)]);
        var script = string.Join('\n', made.Prepend(SqliteHistory.CreateTable));
        // The other process has written the tables and not committed them yet.
        var transaction = other.BeginTransaction();
        await using var command = other.CreateCommand();
        (command.CommandText, command.Transaction) = (script, transaction);
        await command.ExecuteNonQueryAsync(Cancellation);

        var opening = Task.Run(() => Database.OpenForWritingAsync(Cancellation), Cancellation);
        await transaction.CommitAsync(Cancellation);

        await using var connection = await opening;
        await using var context = connection.Tables();
        Assert.AreEqual(0, await context.Jobs.CountAsync(Cancellation));
    }

    private static async Task<string> PragmaAsync(LoggingConnection connection, string name)
    {
        var values = await connection.ReadAsync(
            SqlQuery.Raw($"PRAGMA {name}"),
            row => Convert.ToString(row.GetValue(0), CultureInfo.InvariantCulture)!,
            CancellationToken.None);
        return values.Single();
    }
}
