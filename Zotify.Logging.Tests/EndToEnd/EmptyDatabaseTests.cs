using Zotify.Logging.Tests.Faults;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.EndToEnd;

/// <summary>A process that ends while it creates the database leaves no database, and never an empty one.</summary>
[TestClass]
public sealed class EmptyDatabaseTests
{
    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [DataRow("link", DisplayName = "before it gets its name")]
    [DataRow("unlink", DisplayName = "when it has its name")]
    [Timeout(120_000, CooperativeCancellation = true)]
    public async Task A_process_that_is_killed_at_it_leaves_none_or_a_whole_one(string call)
    {
        if (Strace.Missing is { } missing) Assert.Inconclusive(missing);
        string[] launcher =
        [
            // The temporary name of the database is new each time, so the call is found by the database's final name.
            "strace", "-f", "-q", "-o", "/dev/null", "-e", $"trace={call}", "-e", $"inject={call}:signal=KILL:when=1",
        ];
        await using (var killed = ChildProcess.RunThrough<Batch>([.. launcher], _folder.Path, "10"))
            Assert.AreNotEqual(0, (await killed.EndAsync(Cancellation)).ExitCode);

        // A log of the database, or a file that is being made, may be empty.
        var database = new FileInfo(_folder.PathOf("logs/zotify.db"));
        Assert.IsTrue(!database.Exists || database.Length > 0, "no empty database");
        await using (var batch = ChildProcess.Run<Batch>(_folder.Path, "10"))
            Assert.AreEqual((0, $"{Batch.Logged}\n", ""), await batch.EndAsync(Cancellation));
        Assert.IsGreaterThanOrEqualTo(12, DatabaseFile.Scalar(_folder.PathOf("logs/zotify.db"), "SELECT COUNT(*) FROM job_logs"));

        // The first start after a minute deletes the temporary file of the killed process.
        foreach (var left in Databases().Where(path => path.EndsWith(".new", StringComparison.Ordinal)))
            File.SetLastWriteTimeUtc(left, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await using (var batch = ChildProcess.Run<Batch>(_folder.Path, "10")) await batch.EndAsync(Cancellation);
        CollectionAssert.AreEqual(new[] { _folder.PathOf("logs/zotify.db") }, Databases());
    }

    [TestMethod]
    public async Task Tables_that_are_not_to_be_made_leave_no_file()
    {
        await using var host = await TestHost.In(
            new DirectoryInfo(_folder.Path), ("Logging:Zotify:Database:MigrateOnStart", "false")).StartAsync(Cancellation);
        while (host.Service.Handlers.Single(handler => handler.Name == "Audit").ProjectionFailure is null) await Task.Yield();
        Assert.IsEmpty(Databases());
        Assert.Contains("The tables are behind this version; missing: 0001_Initial", host.Stderr.ToString());
    }

    private string[] Databases() => Directory.Exists(_folder.PathOf("logs")) ? Directory.GetFiles(_folder.PathOf("logs"), "*.db*") : [];
}
