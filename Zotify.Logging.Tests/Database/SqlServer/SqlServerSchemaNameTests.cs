using Zotify.Logging.Database;
using Zotify.Logging.SqlServer;

namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>The schema that is added to the names of tables, without a server.</summary>
[TestClass]
public sealed class SqlServerSchemaNameTests
{
    private static readonly SqlServerSchema Logs = new("logs");

    [TestMethod]
    [DataRow("SELECT j.id FROM journals AS j", "SELECT j.id FROM [logs].[journals] AS j")]
    [DataRow("UPDATE jobs SET entries = 1 WHERE jobs.job_id = @p0", "UPDATE [logs].[jobs] SET entries = 1 WHERE jobs.job_id = @p0")]
    [DataRow("SELECT a.row_id FROM audit_events AS a,audit_counts", "SELECT a.row_id FROM [logs].[audit_events] AS a,[logs].[audit_counts]")]
    [DataRow("CREATE TABLE [job_logs] ([journal_id] bigint)", "CREATE TABLE [logs].[job_logs] ([journal_id] bigint)")]
    [DataRow("IF OBJECT_ID(N'[zotify_migrations]') IS NULL", "IF OBJECT_ID(N'[logs].[zotify_migrations]') IS NULL")]
    [DataRow("EXEC(N'ALTER TABLE [jobs] ADD x int')", "EXEC(N'ALTER TABLE [logs].[jobs] ADD x int')")]
    public void A_tables_name_gets_the_schema(string written, string sent) => Assert.AreEqual(sent, Logs.Qualify(written));

    [TestMethod]
    [DataRow("SELECT job_id, @jobs, 'jobs', jobs_of, my_journals FROM other.jobs")]
    [DataRow("ALTER TABLE [logs].[jobs] ADD CONSTRAINT [IX_jobs_first_at_job_id]")]
    [DataRow("SELECT x.jobs FROM [dbo].[x] AS x")]
    public void Everything_else_stays(string statement) => Assert.AreEqual(statement, Logs.Qualify(statement));

    [TestMethod]
    public void The_default_schema_is_the_same_in_any_case()
    {
        var schema = new SqlServerSchema("DBO");
        Assert.AreEqual("SELECT 1 FROM [dbo].[jobs]", schema.Qualify("SELECT 1 FROM jobs"));
        Assert.AreEqual("zotify", schema.LockName("zotify"), "the lock of those that configure no schema");
        Assert.AreEqual("", schema.CreateStatement);
        Assert.AreEqual(SqlServerRights.Script(new SqlServerSchema(null)), SqlServerRights.Script(schema));
    }

    [TestMethod]
    public void A_qualified_script_stays() => Assert.AreEqual(Script(Logs.Name), Logs.Qualify(Script(Logs.Name)));

    [TestMethod]
    [DataRow(null)]
    [DataRow("dbo")]
    [DataRow("logs")]
    [DataRow("shop-1_logs")]
    public void Names_that_a_schema_may_have(string? name) => Assert.IsNull(SqlServerSchema.ErrorOf(name));

    [TestMethod]
    [DataRow("")]
    [DataRow(" ")]
    [DataRow("1st")]
    [DataRow("a]b")]
    [DataRow("a'b")]
    [DataRow("logs\n")]
    [DataRow("a.b")]
    public void Names_that_it_may_not_have(string name)
    {
        Assert.Contains("a schema's name is expected", SqlServerSchema.ErrorOf(name)!);
        Assert.IsNotNull(SqlServerSchema.ErrorOf(new string('a', 65)));
    }

    [TestMethod]
    [DataRow("dbo")]
    [DataRow("logs")]
    public void The_script_is_in_the_schema_and_creates_it(string schema)
    {
        var script = Script(schema);

        foreach (var batch in SqlServerMigration.Batches(script)) TransactSql.AssertQualified(batch, schema);
        Assert.AreEqual(schema != "dbo", script.Contains("CREATE SCHEMA", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Locks_of_two_schemas_differ_and_those_of_dbo_are_the_ones_of_earlier_versions()
    {
        Assert.AreEqual("zotify_logging_migration", new SqlServerSchema(null).LockName("zotify_logging_migration"));
        Assert.AreEqual("zotify_logging_migration_logs", Logs.LockName("zotify_logging_migration"));
    }

    [TestMethod]
    public void Tables_in_the_logins_default_schema_are_reported_unless_a_schema_is_configured()
    {
        var state = new SchemaState(["1"], [], IsRecorded: true) { OtherSchema = "sales" };

        var refused = Assert.ThrowsExactly<OtherSchemaException>(state.EnsureUsable);

        Assert.Contains("Logging:Zotify:Database:Schema to 'sales'", refused.Message);
    }

    private static string Script(string schema)
    {
        var options = new DatabaseOptions { ConnectionString = "Server=nowhere;Database=zotify", Schema = schema };
        using var engine = new SqlServerEngine(options, new ConnectionTap());
        return engine.Script();
    }
}
