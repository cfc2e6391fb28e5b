using Zotify.Logging.Database;
using Zotify.Logging.Tests.Database.Support;

namespace Zotify.Logging.Tests.Database;

[TestClass]
public sealed class SqliteSchemaTests : SchemaContract
{
    private const string Schema = "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name";

    private protected override TestStore NewStore() => new SqliteStore();

    [TestMethod]
    public async Task Tables_of_every_older_version_become_those_of_a_new_database()
    {
        await Database.MigrateAsync(Cancellation);
        var fresh = await Store.ReadTextAsync(Schema);
        Assert.Contains("audit_text_runs", fresh);
        Assert.DoesNotContain("fts5", fresh, "the index of earlier versions");
        Assert.HasCount(3, Store.OldVersions);
        foreach (var version in Store.OldVersions)
        {
            using var store = NewStore();
            await store.MakeOldTablesAsync(version);
            await store.ExecuteAsync(OldRows(store.Literal(Lines.Noon)));

            await store.Open().MigrateAsync(Cancellation);

            Assert.AreEqual(fresh, await store.ReadTextAsync(Schema), version);
            Assert.AreEqual("ok", await store.ReadTextAsync("PRAGMA integrity_check"), version);
        }
    }

    [TestMethod]
    public async Task Tables_that_the_script_brought_up_to_this_version_become_the_same_at_the_next_start()
    {
        await Database.MigrateAsync(Cancellation);
        using var store = NewStore();
        await store.MakeOldTablesAsync(Store.OldVersions[0]);
        await store.ExecuteAsync(Database.Script());

        await store.Open().MigrateAsync(Cancellation);

        Assert.AreEqual(await Store.ReadTextAsync(Schema), await store.ReadTextAsync(Schema));
    }

    [TestMethod]
    public void Scripts_are_numbered_without_gaps_and_are_what_the_database_records()
    {
        var names = SqliteSchemaScript.All.Select(script => script.Name).ToArray();
        CollectionAssert.AreEqual(
            Enumerable.Range(1, names.Length).Select(number => $"{number:D4}").ToArray(), names.Select(name => name[..4]).ToArray());
        Assert.IsTrue(Array.TrueForAll(names, name => name[4] == '_'));
    }

    [TestMethod]
    public async Task Applied_scripts_are_recorded_with_their_time()
    {
        await Database.MigrateAsync(Cancellation);
        Assert.AreEqual(
            string.Join('\n', SqliteSchemaScript.All.Select(script => $"{script.Name}|28")),
            await Store.ReadTextAsync("SELECT name, length(recorded_at) FROM zotify_schema ORDER BY name"));
    }
}
