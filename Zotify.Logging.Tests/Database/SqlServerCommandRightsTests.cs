using Zotify.Logging.Copying;
using Zotify.Logging.Database;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;
using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Web.Commands;

namespace Zotify.Logging.Tests.Database;

/// <summary>What the commands do with the rights of a role.</summary>
[TestClass]
[SqlServerCondition]
public sealed class SqlServerCommandRightsTests : SqlServerLoginContract
{
    [TestMethod]
    public async Task A_migrator_creates_the_tables()
    {
        if (StandIn.IsUsed) Assert.Inconclusive("The stand-in has no GRANT CREATE TABLE and no GRANT ALTER ON SCHEMA.");
        // Before the first migration the script finds no tables.
        await RunScriptAsync();
        var login = Login("migrator");

        await login.Open().MigrateAsync(Cancellation);

        Assert.AreEqual("0", await Store.ReadTextAsync("SELECT COUNT(*) FROM jobs"));
    }

    [TestMethod]
    public async Task A_migrator_copies_a_database()
    {
        if (StandIn.IsUsed) Assert.Inconclusive("The stand-in has no GRANT CREATE TABLE and no GRANT ALTER ON SCHEMA.");
        await RunScriptAsync();
        var login = Login("migrator");
        using var source = new SqliteStore();
        await ProjectAsync(source.Open(), source.Open());
        // Their numbers are not assigned again.
        await source.ExecuteAsync("DELETE FROM audit_events; DELETE FROM job_logs");
        using var stage = new JournalStage(
            new LogDirectory(Folder, "m1/app", TimeProvider.System), source.Open(), "m1/app", TimeProvider.System);
        var target = new DatabaseOptions { Provider = DatabaseProvider.SqlServer, ConnectionString = login.ConnectionString };

        await new DatabaseCopy(stage, [new SqliteEngineFactory(), new TestEngineFactory()]).RunAsync(
            target, restarts: false, _ => { }, _ => { }, Cancellation);

        Assert.AreEqual("1", await Store.ReadTextAsync("SELECT COUNT(*) FROM jobs"));
        Assert.AreEqual(
            "1", await Store.ReadTextAsync("SELECT 1 WHERE IDENT_CURRENT('audit_events') > 1 AND IDENT_CURRENT('job_logs') > 1"));
    }

    [TestMethod]
    [DataRow("index")]
    [DataRow("migrate")]
    public async Task A_command_names_the_missing_rights(string command)
    {
        await CreateRolesAsync();
        // A migration that is missing needs the right to record it. The stand-in's error about that has a number of its own.
        var login = Login("reader");
        if (command == "migrate") await Store.ExecuteAsync("DELETE FROM zotify_migrations WHERE MigrationId LIKE '%Instances'");
        using var output = new StringWriter();
        using var error = new StringWriter();

        var exitCode = await CommandLine.RunAsync(
            [
                "database", command, $"--contentRoot={Folder}", "--Logging:Zotify:Database:Provider=SqlServer",
                $"--Logging:Zotify:Database:ConnectionString={login.ConnectionString}",
            ],
            _ => throw new InvalidOperationException("The program was started."), output, error, Cancellation);

        Assert.AreEqual(1, exitCode, error.ToString());
        if (command == "index") Assert.Contains($"'{login.Name}' lacks rights: INSERT on dbo.journals", error.ToString());
        Assert.DoesNotContain("   at ", error.ToString(), "no stack trace");
    }
}
