using Zotify.Logging.Database;
using Zotify.Logging.Tests.Deployment;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.EndToEnd;

/// <summary>Two processes that bring one SQLite database up to this version at the same time, each with a directory of its own.</summary>
[TestClass]
public sealed class TwoMigratorsTests
{
    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    private string Database => _folder.PathOf("shared.db");

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    [DataRow(null, DisplayName = "from nothing")]
    [DataRow("20261123231255_Initial.sql", DisplayName = "from the oldest version")]
    public async Task Both_go_on_and_every_change_was_made_once(string? oldVersion)
    {
        if (oldVersion is not null)
            DatabaseFile.Execute(
                Database, File.ReadAllText(Path.Combine(Repository.Root, "Zotify.Logging.Tests/Database/Old/Sqlite", oldVersion)));

        await Task.WhenAll(LogAsync("one"), LogAsync("two"));

        Assert.AreEqual(2, DatabaseFile.Scalar(Database, "SELECT COUNT(*) FROM audit_events WHERE event_type = 'user.test'"));
        Assert.AreEqual(SqliteSchemaScript.All.Count, DatabaseFile.Scalar(Database, "SELECT COUNT(*) FROM zotify_schema"));
        Assert.AreEqual(0, DatabaseFile.Scalar(Database, "SELECT COUNT(*) FROM sqlite_schema WHERE name = '__EFMigrationsHistory'"));
    }

    private async Task LogAsync(string name)
    {
        var folder = Directory.CreateDirectory(_folder.PathOf(name)).FullName;
        await using var application = ChildProcess.Run<Application>(
            folder, $"--Logging:Zotify:Instance={name}",
            $"--Logging:Zotify:Database:ConnectionString=Data Source={Database};Default Timeout=30");
        Assert.AreEqual(Application.Started, await application.ReadLineAsync(Cancellation));
        foreach (var command in (string[])[$"audit {name}", "project"])
        {
            await application.WriteLineAsync(command, Cancellation);
            Assert.AreEqual(Application.Logged, await application.ReadLineAsync(Cancellation));
        }

        application.CloseInput();
        await application.EndAsync(Cancellation);
    }
}
