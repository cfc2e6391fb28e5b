using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.SqlServer;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database;

/// <summary>Two applications in one database, each in a schema of its own.</summary>
[TestClass]
[SqlServerCondition]
public sealed class SqlServerOwnSchemaTests : StoreContract
{
    private protected override TestStore NewStore() => SqlServerStore.Empty(keepsSessions: false);

    [TestMethod]
    public async Task Two_applications_in_one_database_do_not_meet()
    {
        var (shop, stock) = (Open("shop"), Open("stock"));
        var (jobs, audit) = (new FakeJournal("job_logs.json"), new FakeJournal("audit.log.json"));
        jobs.Append(Lines.Job("sync-1", Lines.Noon, "job.started", message: "of the shop"));
        audit.Append(Lines.Audit("user.login", Lines.Noon, "u1"));
        await ProjectAsync(new JobProjection(), jobs, shop);
        await ProjectAsync(new AuditProjection(), audit, shop);
        var others = new FakeJournal("job_logs.json");
        others.Append(Lines.Job("sync-1", message: "of the stock"), Lines.Job("sync-1", message: "again"));
        await ProjectAsync(new JobProjection(), others, stock);

        Assert.AreEqual("1|2", await Store.ReadTextAsync("SELECT (SELECT entries FROM shop.jobs), (SELECT entries FROM stock.jobs)"));
        Assert.AreEqual(
            "1|0", await Store.ReadTextAsync("SELECT (SELECT COUNT(*) FROM shop.audit_events), (SELECT COUNT(*) FROM stock.audit_events)"));
        Assert.AreEqual(
            "2|1", await Store.ReadTextAsync("SELECT (SELECT COUNT(*) FROM shop.journals), (SELECT COUNT(*) FROM stock.journals)"));
        Assert.AreEqual("0", await Store.ReadTextAsync(
            "SELECT COUNT(*) FROM sys.tables AS t JOIN sys.schemas AS s ON s.schema_id = t.schema_id "
            + "WHERE s.name = 'dbo' AND t.name IN ('jobs', 'journals', 'zotify_migrations')"));
    }

    [TestMethod]
    public async Task LINQ_reads_the_schema_that_its_options_name()
    {
        var journal = new FakeJournal();
        journal.Append(Lines.Job("in-shop"));
        await ProjectAsync(new JobProjection(), journal, Open("shop"));
        var other = new FakeJournal();
        other.Append(Lines.Job("in-dbo"));
        await ProjectAsync(new JobProjection(), other, Database);

        Assert.AreEqual("in-shop", await FirstJobAsync("shop"));
        Assert.AreEqual("in-dbo", await FirstJobAsync(SqlServerSchema.Default));
        Assert.AreEqual("in-dbo", await FirstJobAsync(schema: null));
    }

    [TestMethod]
    public async Task A_migration_leaves_the_tables_of_another_schema_alone_and_is_done_once()
    {
        await Open("shop").MigrateAsync(Cancellation);
        await Open("stock").MigrateAsync(Cancellation);
        await Open("shop").MigrateAsync(Cancellation);
        await using var connection = await Store.Open(new DatabaseOptions { MigrateOnStart = false, Schema = "shop" })
            .OpenForWritingAsync(Cancellation);

        Assert.AreEqual(
            $"{SqlServerMigration.All.Count}|{SqlServerMigration.All.Count}",
            await Store.ReadTextAsync(
                "SELECT (SELECT COUNT(*) FROM shop.zotify_migrations), (SELECT COUNT(*) FROM stock.zotify_migrations)"));
    }

    private LoggingDatabase Open(string schema) => Store.Open(new DatabaseOptions { MigrateOnStart = true, Schema = schema });

    private async Task ProjectAsync(IProjection projection, FakeJournal journal, LoggingDatabase database)
    {
        await using var projector = Start(projection, journal, database);
        await projector.CatchUpAsync(journal.DurableSeq, Cancellation);
    }

    private async Task<string> FirstJobAsync(string? schema)
    {
        var builder = new DbContextOptionsBuilder<ZotifyLogsContext>();
        builder.UseSqlServer(((SqlServerStore)Store).PooledConnectionString);
        if (schema is not null) builder.UseZotifySchema(schema);
        await using var logs = new ZotifyLogsContext(builder.Options);
        return await logs.Jobs.Select(job => job.JobId).SingleAsync(Cancellation);
    }
}
