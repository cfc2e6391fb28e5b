using System.Globalization;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.Diagnostics;

/// <summary>A real process whose stderr is a pipe that nobody reads.</summary>
[TestClass]
public sealed class UnreadStderrTests
{
    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    [Timeout(600_000, CooperativeCancellation = true)]
    public async Task It_blocks_neither_who_reports_nor_who_logs_nor_the_end()
    {
        await using var child = ChildProcess.RunUnread<UnreadReports>(_folder.Path);
        foreach (var part in new[] { "reported", "logged", "stopped" })
        {
            var words = (await child.ReadLineAsync(TestContext.CancellationToken)).Split(' ');
            Assert.AreEqual(part, words[0]);
            TestContext.WriteLine(string.Join(' ', words));
            // A busy disk may take seconds. What waits for the reader of stderr waits for ever.
            Assert.IsLessThan(60_000, int.Parse(words[1], CultureInfo.InvariantCulture), part);
        }

        var (exitCode, _, _) = await child.EndAsync(TestContext.CancellationToken);
        Assert.AreEqual(0, exitCode);
        Assert.AreEqual(
            100,
            File.ReadLines(_folder.PathOf("logs/audit.log.json")).Count(line => line.Contains("user.login", StringComparison.Ordinal)));
    }
}
