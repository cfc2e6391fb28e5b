using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Database;
using Zotify.Logging.Projection;
using Zotify.Logging.SqlServer;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database;

/// <summary>How the tables are created, and that no version of them loses a row.</summary>
public abstract class SchemaContract : StoreContract
{
    [TestMethod]
    public async Task Tables_of_every_older_version_are_brought_up_to_this_one_with_their_rows()
    {
        await Database.MigrateAsync(Cancellation);
        var indexes = await IndexesAsync(Store);
        Assert.AreNotEqual("", indexes);
        foreach (var version in Store.OldVersions)
        {
            using var store = NewStore();
            await store.MakeOldTablesAsync(version);
            await store.ExecuteAsync(OldRows(store.Literal(Lines.Noon)));
            using var database = store.Open();
            await using var connection = await database.OpenForWritingAsync(Cancellation);
            await using var context = connection.Tables();
            await using (await store.Open(new DatabaseOptions { MigrateOnStart = false }).OpenForWritingAsync(Cancellation))
            {
                // Nothing is missing.
            }

            Assert.AreEqual("old event", (await context.AuditEvents.AsNoTracking().SingleAsync(Cancellation)).Message, version);
            Assert.AreEqual("old entry", (await context.JobLogs.AsNoTracking().SingleAsync(Cancellation)).Message, version);
            Assert.AreEqual("completed", (await context.Jobs.AsNoTracking().SingleAsync(Cancellation)).Status, version);
            Assert.AreEqual(1, (await context.AuditCounts.AsNoTracking().SingleAsync(Cancellation)).Count, version);
            Assert.AreEqual(2, (await context.Journals.AsNoTracking().SingleAsync(Cancellation)).Seq, version);
            Assert.AreEqual(indexes, await IndexesAsync(store), version);
        }
    }

    [TestMethod]
    public async Task Entries_of_an_application_in_the_table_of_EF_Core_stay_and_are_no_newer_version()
    {
        await Store.MakeOldTablesAsync(Store.OldVersions[0]);
        await Store.ExecuteAsync("INSERT INTO __EFMigrationsHistory VALUES ('99990101000000_AddOrders', '10.0.0')");

        await using (await Database.OpenForWritingAsync(Cancellation))
        {
            // Brought up to this version.
        }

        Assert.AreEqual(
            "1", await Store.ReadTextAsync("SELECT COUNT(*) FROM __EFMigrationsHistory WHERE MigrationId = '99990101000000_AddOrders'"));
        await using (await Store.Open(new DatabaseOptions { MigrateOnStart = false }).OpenForWritingAsync(Cancellation))
        {
            // Nothing is missing.
        }
    }

    [TestMethod]
    public async Task Tables_of_a_newer_version_are_refused_and_left_alone_while_the_journals_wait()
    {
        Journal.Append(Lines.Job());
        await ProjectAsync(new JobProjection());
        await Store.ExecuteAsync(Store.RecordLaterVersion);
        Journal.Append(Lines.Job());

        await using var projector = Start(new JobProjection(), database: Store.Open());
        await Time.NextWaitAsync(Cancellation);
        var refused = await Assert.ThrowsExactlyAsync<SchemaAheadException>(() => Database.MigrateAsync(Cancellation));

        Assert.IsInstanceOfType<SchemaAheadException>(projector.LastError);
        Assert.Contains("_Later", refused.Message);
        Assert.Contains("newer version", refused.Message);
        Assert.Contains("Logging:Zotify:Database:ConnectionString", refused.Message);
        Assert.AreEqual("1", await Store.ReadTextAsync("SELECT entries FROM jobs"));
    }

    [TestMethod]
    public async Task The_script_makes_the_tables_and_changes_nothing_when_it_is_run_again()
    {
        await using (Store.NewContext())
        {
            await RunScriptAsync();
        }

        Journal.Append(Lines.Job());
        await ProjectAsync(new JobProjection());
        await RunScriptAsync();

        await using var connection = await Store.Open(new DatabaseOptions { MigrateOnStart = false }).OpenForWritingAsync(Cancellation);
        await using var context = connection.Tables();
        Assert.AreEqual(1, (await context.Jobs.AsNoTracking().SingleAsync(Cancellation)).Entries);
    }

    [TestMethod]
    public async Task A_migration_that_is_done_does_nothing()
    {
        await Database.MigrateAsync(Cancellation);
        Journal.Append(Lines.Job());
        await ProjectAsync(new JobProjection());

        await Database.MigrateAsync(Cancellation);

        Assert.AreEqual(1, (await JobAsync()).Entries);
    }

    [TestMethod]
    public async Task Several_that_migrate_at_once_all_find_the_tables()
    {
        var databases = Enumerable.Range(0, 4).Select(_ => Store.Open()).ToArray();

        await Task.WhenAll(databases.Select(database => Task.Run(() => database.MigrateAsync(Cancellation), Cancellation)));

        await using var connection = await Database.OpenForWritingAsync(Cancellation);
        await using var context = connection.Tables();
        Assert.IsEmpty(await context.Jobs.AsNoTracking().ToListAsync(Cancellation));
    }

    [TestMethod]
    public async Task Tables_that_are_behind_and_not_to_be_migrated_hold_the_journals_until_somebody_does()
    {
        await using (Store.NewContext())
        {
        }

        Journal.Append(Lines.Job());
        await using var projector = Start(
            new JobProjection(), database: Store.Open(new DatabaseOptions { MigrateOnStart = false }));
        await Time.NextWaitAsync(Cancellation);
        Assert.IsInstanceOfType<SchemaBehindException>(projector.LastError);
        Assert.Contains("database migrate", projector.LastError.Message);

        await Database.MigrateAsync(Cancellation);
        await projector.CatchUpAsync(1, Cancellation);

        Assert.IsNull(projector.LastError);
        Assert.AreEqual(1, (await JobAsync()).Entries);
    }

    private protected static string OldRows(string noon) =>
        $$"""
        INSERT INTO journals (journal, instance, name, seq, hash, segment, offset) VALUES ('0195d8e4-0000-7000-8000-000000000001', 'm1/app', 'audit.log.json', 2, 'h', 1, 100);
        INSERT INTO audit_events (journal_id, seq, id, timestamp, event_type, level, category, message, details, instance)
          VALUES (1, 1, '0195d8e4-0000-7000-8000-00000000000a', {{noon}}, 'user.login', 'Information', 'c', 'old event', '{"a":1}', 'm1/app');
        INSERT INTO audit_counts (hour, event_type, count) VALUES ({{noon}}, 'user.login', 1);
        INSERT INTO job_logs (journal_id, seq, job_id, instance, timestamp, level, category, message)
          VALUES (1, 1, 'sync-1', 'm1/app', {{noon}}, 'Information', 'c', 'old entry');
        INSERT INTO jobs (job_id, status, instance, entries, warnings, errors, first_at, last_at) VALUES ('sync-1', 'completed', 'm1/app', 1, 0, 0, {{noon}}, {{noon}});
        """;

    private static Task<string> IndexesAsync(TestStore store) => store.ReadTextAsync(
        store.Engine == "Sqlite"
            ? "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
            : "SELECT name FROM sys.indexes WHERE name LIKE 'ix[_]%' ORDER BY name");

    private async Task RunScriptAsync()
    {
        // Over one connection: the script may be one transaction.
        await Store.ExecuteAsync([.. SqlServerMigration.Batches(Database.Script())]);
    }
}
