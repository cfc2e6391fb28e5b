using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.Retention;
using Zotify.Logging.SqlServer;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database;

/// <summary>Logins that have just the rights of a role.</summary>
[TestClass]
[SqlServerCondition]
public sealed class SqlServerRightsTests : SqlServerLoginContract
{
    private const string NoNumbers = "its error about a missing right has a number of its own; SQL Server's is 229.";

    private static readonly string[] Tables = ["journals", "audit_events", "audit_counts", "job_logs", "jobs", "instances"];

    [TestMethod]
    public async Task A_writer_projects_and_cannot_change_or_delete_what_is_logged_or_create_tables()
    {
        await CreateRolesAsync();
        var login = Login("writer");

        await ProjectAsync(login);

        Assert.AreEqual("1|1|1", await Store.ReadTextAsync(
            "SELECT (SELECT COUNT(*) FROM audit_events), (SELECT COUNT(*) FROM job_logs), (SELECT COUNT(*) FROM jobs)"));
        await AssertDeniedAsync(
            login,
            [
                "UPDATE audit_events SET message = 'forged'", "UPDATE job_logs SET message = 'forged'",
                .. Tables.Select(table => $"DELETE FROM {table}"),
                "CREATE TABLE mine (id int)", "DROP TABLE audit_events",
            ]);
    }

    [TestMethod]
    public async Task Retention_needs_its_own_role_and_has_no_other_right()
    {
        await CreateRolesAsync();
        await ProjectAsync(Login("writer"));
        var login = Login("retention");

        await using (var session = await RetentionSession.OpenAsync(login.Open(), Cancellation))
            await new JobRowPruner(session).DeleteBeforeAsync(Lines.Noon.AddDays(1), Cancellation);

        Assert.AreEqual("0", await Store.ReadTextAsync("SELECT COUNT(*) FROM job_logs"));
        await AssertDeniedAsync(
            login,
            [
                .. ((string[])["audit_events", "job_logs", "jobs"]).Select(table => $"UPDATE {table} SET instance = 'forged'"),
                "INSERT INTO audit_counts (hour, event_type, count) VALUES ('2026-01-01', 'forged', 1)",
            ]);
    }

    [TestMethod]
    public async Task A_reader_reads_by_SQL_and_LINQ_and_cannot_change_the_log()
    {
        await CreateRolesAsync();
        await ProjectAsync(Login("writer"));
        var login = Login("reader");

        await using (var logs = new ZotifyLogsContext(
            new DbContextOptionsBuilder<ZotifyLogsContext>().UseSqlServer(login.ConnectionString).Options))
        {
            Assert.AreEqual("hello", await logs.AuditEvents.Select(e => e.Message).SingleAsync(Cancellation));
            Assert.AreEqual(1, await logs.Jobs.CountAsync(Cancellation));
        }

        static string Column(string table) => table switch { "audit_counts" => "event_type", "instances" => "version", _ => "instance" };
        await AssertDeniedAsync(
            login,
            [
                .. Tables.Select(table => $"DELETE FROM {table}"),
                .. Tables.Select(table => $"UPDATE {table} SET {Column(table)} = 'forged'"),
                "INSERT INTO audit_counts (hour, event_type, count) VALUES ('2026-01-01', 'forged', 1)",
            ]);
    }

    [TestMethod]
    public async Task Missing_rights_are_named_with_the_role_that_has_them_and_the_journals_wait()
    {
        await CreateRolesAsync();
        var login = Login("reader");
        Journal.Append(Lines.Audit());
        await using var projector = Start(new AuditProjection(), database: login.Open());
        await Time.NextWaitAsync(Cancellation);

        Assert.IsInstanceOfType<MissingRightsException>(projector.LastError);
        Assert.Contains(
            $"'{login.Name}' lacks rights: INSERT on dbo.journals, UPDATE on dbo.journals, INSERT on dbo.audit_events",
            projector.LastError.Message);
        Assert.Contains($"ALTER ROLE [zotify_writer] ADD MEMBER [{login.Name}]", projector.LastError.Message);

        await Store.ExecuteAsync($"ALTER ROLE [zotify_writer] ADD MEMBER [{login.Name}]");
        await projector.CatchUpAsync(1, Cancellation);
        Assert.IsNull(projector.LastError);
    }

    [TestMethod]
    [StandInLimit(NoNumbers)]
    public async Task A_login_without_any_right_is_told_so_and_not_to_create_the_tables()
    {
        await CreateRolesAsync();
        var login = Login(role: null);
        Journal.Append(Lines.Audit());
        await using var projector = Start(new AuditProjection(), database: login.Open());
        await Time.NextWaitAsync(Cancellation);

        Assert.IsInstanceOfType<MissingRightsException>(projector.LastError);
        Assert.Contains($"'{login.Name}' lacks rights: SELECT on dbo.zotify_migrations", projector.LastError.Message);
    }

    [TestMethod]
    [StandInLimit(NoNumbers)]
    public async Task Tables_that_the_login_has_no_right_on_are_not_told_as_missing()
    {
        await CreateRolesAsync();
        var login = Login("writer");
        await Store.ExecuteAsync("REVOKE SELECT, INSERT ON job_logs FROM zotify_writer");

        var refused = await Assert.ThrowsExactlyAsync<MissingRightsException>(() => login.Open().OpenForWritingAsync(Cancellation));

        Assert.Contains("lacks rights: SELECT on dbo.job_logs, INSERT on dbo.job_logs. The role zotify_writer", refused.Message);
    }

    [TestMethod]
    public async Task Tables_that_are_gone_are_named_and_are_no_missing_right()
    {
        await CreateRolesAsync();
        var login = Login("writer");
        await Store.BreakAsync();

        var gone = await Assert.ThrowsExactlyAsync<MissingTablesException>(() => login.Open().OpenForWritingAsync(Cancellation));

        Assert.Contains("dbo.audit_events, dbo.job_logs, dbo.jobs. Restore", gone.Message);
        Assert.IsTrue(Database.IsPermanent(gone));
    }

    private async Task AssertDeniedAsync(SqlServerLogin login, params IEnumerable<string> statements)
    {
        await using var connection = new SqlConnection(login.ConnectionString);
        await connection.OpenAsync(Cancellation);
        foreach (var statement in statements)
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements of this test.
            command.CommandText = statement;
#pragma warning restore CA2100
            await Assert.ThrowsExactlyAsync<SqlException>(() => command.ExecuteNonQueryAsync(Cancellation), statement);
        }
    }
}
