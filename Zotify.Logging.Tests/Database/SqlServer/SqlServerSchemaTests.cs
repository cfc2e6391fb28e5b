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

        var unasked = script.Split('\n').Where(line => changes.Any(change => line.StartsWith(change, StringComparison.Ordinal)));

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
    public void A_script_is_sent_in_its_parts() => CollectionAssert.AreEqual(
        new[] { "A;\nB;", "C;\nGOTO x;" }, SqlServerMigration.Batches("A;\r\nB;\r\nGO\r\n\r\nGO\r\nC;\r\nGOTO x;\r\nGO\r\n").ToArray());

    private static bool Reads(string command) =>
        command.StartsWith("SELECT ", StringComparison.Ordinal)
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
