using System.Data;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Database;
using Zotify.Logging.SqlServer;

namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>The tables and how they are created, without a server.</summary>
[TestClass]
public sealed class SqlServerSchemaTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public void The_script_is_the_approved_one_and_plain()
    {
        using var database = new RecordingServer().Open();
        using var context = new SqlServerDesignTimeFactory().CreateDbContext([]);
        // The name of EF Core's version changes with every update of it.
        var script = database.Script().ReplaceLineEndings("\n").Replace($"N'{ProductVersion()}'", "N'(version)'", StringComparison.Ordinal);

        foreach (var batch in SqlServerMigration.Batches(script)) TransactSql.AssertPlain(batch);
        var path = ApprovedPath();
        if (Environment.GetEnvironmentVariable("ZOTIFY_APPROVE") is "1") File.WriteAllText(path, script);
        Assert.AreEqual(File.ReadAllText(path), script, "Set ZOTIFY_APPROVE=1 for one run to approve the change.");
    }

    [TestMethod]
    public void Every_statement_of_the_script_asks_first_whether_it_is_done()
    {
        using var database = new RecordingServer().Open();
        var script = database.Script().ReplaceLineEndings("\n");
        string[] changes = ["CREATE ", "ALTER ", "DROP ", "INSERT ", "UPDATE ", "DELETE ", "EXEC"];

        // The lock of the script's transaction changes nothing.
        var unasked = script.Split('\n').Where(
            line => changes.Any(change => line.StartsWith(change, StringComparison.Ordinal))
                && !line.Contains("sp_getapplock", StringComparison.Ordinal));

        Assert.IsEmpty(unasked, "a statement at the start of a line is in no condition");
    }

    [TestMethod]
    public void The_model_has_no_change_without_a_migration()
    {
        using var context = new SqlServerDesignTimeFactory().CreateDbContext([]);
        Assert.IsFalse(context.Database.HasPendingModelChanges());
    }

    [TestMethod]
    public void The_migrations_are_those_that_a_start_compares()
    {
        using var context = new SqlServerDesignTimeFactory().CreateDbContext([]);
        CollectionAssert.AreEqual(context.Database.GetMigrations().ToArray(), SqlServerMigration.All.ToArray());
    }

    [TestMethod]
    public async Task A_migration_acquires_the_lock_and_runs_the_missing_ones_in_one_transaction()
    {
        var server = new RecordingServer { Applied = [] };
        using var database = server.Open();
        await database.MigrateAsync(Cancellation);

        var commands = server.Sent.ToArray();
        var locked = Array.FindIndex(commands, command => command.Contains("sp_getapplock", StringComparison.Ordinal));
        var created = Array.FindIndex(commands, command => command.Contains("CREATE TABLE [dbo].[job_logs]", StringComparison.Ordinal));
        Assert.IsGreaterThan(0, locked);
        Assert.IsGreaterThan(locked, created);
        Assert.Contains("INSERT INTO [dbo].[zotify_migrations]", commands[^1]);
        foreach (var command in commands) TransactSql.AssertPlain(command);
    }

    [TestMethod]
    public async Task Tables_of_this_version_are_not_touched()
    {
        var server = new RecordingServer();
        using var database = server.Open(migrateOnStart: true);
        await using var connection = await database.OpenForWritingAsync(Cancellation);

        Assert.IsTrue(server.Commands.All(Reads), string.Join('\n', server.Commands));
        foreach (var command in server.Commands) TransactSql.AssertPlain(command);
    }

    [TestMethod]
    public async Task A_setting_that_slows_readers_is_reported_once_with_the_statement_that_cures_it()
    {
        using var database = new RecordingServer(Settings(160, snapshot: false)).Open();
        await (await database.OpenForWritingAsync(Cancellation)).DisposeAsync();
        await (await database.OpenForWritingAsync(Cancellation)).DisposeAsync();

        Assert.Contains("ALTER DATABASE [my]]logs] SET READ_COMMITTED_SNAPSHOT ON", database.TakeAdvice()!);
        Assert.IsNull(database.TakeAdvice());
        using var right = new RecordingServer(Settings(160, snapshot: true)).Open();
        await (await right.OpenForWritingAsync(Cancellation)).DisposeAsync();
        Assert.IsNull(right.TakeAdvice());
    }

    [TestMethod]
    public async Task A_compatibility_level_without_JSON_is_an_error_with_the_statement_that_cures_it()
    {
        using var database = new RecordingServer(Settings(120, snapshot: true)).Open();

        var exception = await Assert.ThrowsExactlyAsync<UnsuitableDatabaseException>(() => database.OpenForWritingAsync(Cancellation));

        Assert.Contains("ALTER DATABASE [my]]logs] SET COMPATIBILITY_LEVEL = 130", exception.Message);
        Assert.IsTrue(database.IsPermanent(exception));
    }

    private static Func<string, DataTable?> Settings(int level, bool snapshot) => text => text switch
    {
        _ when text.Contains("sys.databases", StringComparison.Ordinal) =>
            RecordingServer.Table(["name", "level", "snapshot"], [["my]logs", level, snapshot]]),
        _ when text.Contains("OPENJSON(N''[1]'')", StringComparison.Ordinal) => RecordingServer.Table(["has"], [[0]]),
        _ => null,
    };

    [TestMethod]
    public async Task Tables_of_an_older_version_are_reported_and_not_changed()
    {
        var server = new RecordingServer { Applied = [] };
        using var database = server.Open();

        var exception = await Assert.ThrowsExactlyAsync<SchemaBehindException>(() => database.OpenForWritingAsync(Cancellation));

        Assert.Contains("_Initial", exception.Message);
        Assert.Contains("database migrate", exception.Message);
        Assert.Contains("Logging:Zotify:Database:MigrateOnStart", exception.Message);
        Assert.IsTrue(server.Commands.All(Reads), string.Join('\n', server.Commands));
    }

    [TestMethod]
    public void The_script_is_one_transaction_and_no_statement_changes_anything_after_its_end()
    {
        using var database = new RecordingServer().Open();
        var batches = SqlServerMigration.Batches(database.Script()).ToList();

        Assert.StartsWith("SET XACT_ABORT ON;", batches[0]);
        Assert.StartsWith("BEGIN TRANSACTION;", batches[1]);
        Assert.Contains("sp_getapplock", batches[1]);
        Assert.Contains("COMMIT TRANSACTION;", batches[^1]);
        foreach (var batch in batches[2..^1])
        {
            Assert.StartsWith("IF @@TRANCOUNT > 0 AND ", batch);
            Assert.DoesNotContain("BEGIN TRANSACTION", batch);
            Assert.DoesNotContain("COMMIT", batch);
        }
    }

    [TestMethod]
    public void An_index_of_a_table_that_may_have_rows_is_built_online_where_the_edition_can()
    {
        using var database = new RecordingServer().Open();
        var script = database.Script().ReplaceLineEndings("\n");

        Assert.Contains("SERVERPROPERTY(N'EngineEdition') IN (3, 5, 8)", script);
        foreach (var index in (string[])["[IX_jobs_last_at] ON [dbo].[jobs]", "[IX_jobs_first_at_job_id] ON [dbo].[jobs]"])
        {
            var online = script.Split('\n').Where(line => line.Contains($"EXEC(N'CREATE INDEX {index}", StringComparison.Ordinal));
            Assert.AreEqual(1, online.Count(line => line.Contains("WITH (ONLINE = ON)", StringComparison.Ordinal)), index);
            Assert.HasCount(2, online, index);
        }

        Assert.DoesNotContain("EXEC(N'CREATE INDEX [IX_job_logs_timestamp]", script, "its table is created by the same migration");
    }

    [TestMethod]
    public void No_index_is_built_that_a_later_migration_drops()
    {
        using var database = new RecordingServer().Open();
        var script = database.Script();

        foreach (var index in (string[])["instance_timestamp", "source_ip_timestamp", "trace_id_timestamp"])
        {
            Assert.DoesNotContain($"CREATE INDEX [IX_audit_events_{index}", script);
            Assert.Contains($"DROP INDEX IF EXISTS [IX_audit_events_{index}_journal_id_seq] ON [dbo].[audit_events]", script);
        }
    }

    [TestMethod]
    public void A_script_is_sent_in_its_parts() => CollectionAssert.AreEqual(
        new[] { "A;\nB;", "C;\nGOTO x;" }, SqlServerMigration.Batches("A;\r\nB;\r\nGO\r\n\r\nGO\r\nC;\r\nGOTO x;\r\nGO\r\n").ToArray());

    private static bool Reads(string command) =>
        command.StartsWith("SET ", StringComparison.Ordinal)
        || command.StartsWith("SELECT ", StringComparison.Ordinal)
        || (command.StartsWith("IF OBJECT_ID(", StringComparison.Ordinal)
            && command.Contains(") IS NOT NULL SELECT ", StringComparison.Ordinal));

    private static string ProductVersion()
    {
        using var context = new SqlServerDesignTimeFactory().CreateDbContext([]);
        return context.Model.GetProductVersion()!;
    }

    private static string ApprovedPath([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "../../Approval/SqlServerSchema.approved.sql");
}
