using Microsoft.Extensions.Options;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Configuration;

/// <summary>Two settings whose files could be the same one fail the start, with both keys.</summary>
[TestClass]
public sealed class FileCollisionTests
{
    private const string Directory = "Logging:Zotify:Directory";
    private const string Database = "Logging:Zotify:Database:ConnectionString";

    private static readonly string[] Handlers = ["System", "Audit", "Jobs"];
    private static readonly string[] JournalSides = [".id", ".id.new", ".torn", ".rejected", ".probe", ".void", ".replaced", ".restoring"];

    public required TestContext TestContext { get; set; }

    [TestMethod]
    [DynamicData(nameof(Collisions))]
    public async Task It_fails_the_start(string key, string value, string user, string used)
    {
        await using var host = new TestHost((key, value), (user, used));
        var invalid = await Assert.ThrowsExactlyAsync<OptionsValidationException>(() => host.StartAsync(TestContext.CancellationToken));
        var failure = string.Join('\n', invalid.Failures);
        StringAssert.Contains(failure, key, StringComparison.Ordinal);
        StringAssert.Contains(failure, user, StringComparison.Ordinal);
        Assert.HasCount(1, invalid.Failures);
    }

    [TestMethod]
    [DataRow("System", "audit.log.json.txt")]
    [DataRow("System", "audit.log.0000000000000000001.json")]
    [DataRow("System", "audit.log.json.ids")]
    [DataRow("Jobs", "jobs/audit.log.json")]
    [DataRow("Jobs", "zotify_api.00001.log")]
    [DataRow("Jobs", "logs/zotify.lock")]
    [DataRow("Audit", "zotify.db.json")]
    public async Task Names_that_nobody_else_uses_are_valid(string handler, string path)
    {
        await using var host = await new TestHost((KeyOf(handler), path)).StartAsync(TestContext.CancellationToken);
        Assert.AreEqual(3, host.Service.Handlers.Count);
    }

    /// <summary>A setting with its value, and the setting with the same file, with its value.</summary>
    private static IEnumerable<object[]> Collisions()
    {
        foreach (var journal in new[] { "Audit", "Jobs" })
        {
            var names = JournalSides.Select(side => "j.log.json" + side)
                .Append("j.log.00000000000000000001.json").Append("j.log.09223372036854775807.json")
                .Append("j.log.00000000000000000001.json.replaced").Append("j.log.json");
            foreach (var name in names)
            {
                foreach (var other in Handlers.Where(other => other != journal))
                    yield return [KeyOf(other), name, KeyOf(journal), "j.log.json"];
                yield return [Database, $"Data Source={name}", KeyOf(journal), "j.log.json"];
            }

            yield return [KeyOf("System"), "J.LOG.json.ID", KeyOf(journal), "j.log.json"];
            yield return [KeyOf("System"), "a\\j.log.json.id", KeyOf(journal), "a/j.log.json"];
            yield return [KeyOf("System"), "j.log.json/s.log", KeyOf(journal), "j.log.json"];
            yield return [KeyOf("System"), "j.log.json.torn/s/s.log", KeyOf(journal), "j.log.json"];
        }

        foreach (var name in new[] { "s.log", "s.000001.log", "s.1234567.log", "s.log.replaced" })
        {
            yield return [KeyOf("Audit"), name, KeyOf("System"), "s.log"];
            yield return [KeyOf("Jobs"), name, KeyOf("System"), "s.log"];
            yield return [Database, $"Data Source={name}", KeyOf("System"), "s.log"];
        }

        foreach (var handler in Handlers)
        {
            foreach (var name in new[] { "zotify.lock", "zotify.owner", "zotify.owner.new", "Zotify.Lock", "zotify.lock/a.log" })
                yield return [KeyOf(handler), name, Directory, "logs"];
            foreach (var name in new[] { "d.db", "d.db-wal", "d.db-shm", "d.db-journal" })
                yield return [KeyOf(handler), name, Database, "Data Source=d.db"];
        }

        yield return [Database, "Data Source=zotify.lock", Directory, "logs"];
    }

    private static string KeyOf(string handler) => $"Logging:Zotify:Handlers:{handler}:Path";
}
