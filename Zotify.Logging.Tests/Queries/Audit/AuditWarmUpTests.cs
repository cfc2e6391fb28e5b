using Zotify.Logging.Database;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Queries.Audit;

[TestClass]
public sealed class AuditWarmUpTests
{
    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task Each_search_finds_an_event_and_no_file_is_made()
    {
        using var folder = new TemporaryFolder();
        var options = new DatabaseOptions { ConnectionString = "Data Source=zotify.db" };
        using var database = new LoggingDatabase(options, folder.Path, [new SqliteEngineFactory()]);
        var found = await AuditWarmUp.RunAsync(database, TestContext.CancellationToken);
        Assert.HasCount(6, found);
        Assert.IsTrue(found.TrueForAll(item => item is { EventType: "user.login", Seq: 3 }));
        Assert.IsEmpty(Directory.GetFileSystemEntries(folder.Path));
    }
}
