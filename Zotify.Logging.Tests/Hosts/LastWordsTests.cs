using System.Text.Json;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.Hosts;

/// <summary>The records that a program logs while it ends are in the log, whichever handler was added first.</summary>
[TestClass]
public sealed class LastWordsTests
{
    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    [DataRow("plain")]
    [DataRow("host")]
    [DataRow("web")]
    public async Task Why_it_ends_is_in_the_log_when_an_unhandled_exception_ends_it(string kind)
    {
        await using var program = ChildProcess.Run<LastWords>(_folder.Path, kind, "throw");
        var (exitCode, _, error) = await program.EndAsync(Cancellation);
        Assert.AreNotEqual(0, exitCode);
        Assert.Contains("the program failed", error);
        Assert.DoesNotContain("zotify-logging", error);
        AssertWords("first", "unhandled, subscribed earlier", "unhandled, subscribed later");
        // It flushes but does not close: the audit log of a program that fails has no end.
        Assert.DoesNotContain("audit.stopped", AuditTypes());
    }

    [TestMethod]
    [DataRow("plain", "return", 0)]
    [DataRow("plain", "exit", 3)]
    [DataRow("host", "return", 0)]
    [DataRow("host", "exit", 3)]
    [DataRow("web", "return", 0)]
    [DataRow("web", "exit", 3)]
    public async Task A_line_after_the_run_and_those_of_exit_handlers_are_in_the_log(string kind, string how, int expected)
    {
        await using var program = ChildProcess.Run<LastWords>(_folder.Path, kind, how);
        var (exitCode, _, error) = await program.EndAsync(Cancellation);
        Assert.AreEqual((expected, ""), (exitCode, error));
        AssertWords("first", "after the run", "exit, subscribed earlier", "exit, subscribed later");
        Assert.AreEqual("audit.stopped", AuditTypes()[^1]);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    [DataRow("plain")]
    [DataRow("host")]
    [DataRow("web")]
    public async Task A_termination_takes_no_last_words_away(string kind)
    {
        await using var program = ChildProcess.Run<LastWords>(_folder.Path, kind, "wait");
        Assert.AreEqual("waiting", await program.ReadLineAsync(Cancellation));
        await program.TerminateAsync(Cancellation);
        var (_, _, error) = await program.EndAsync(Cancellation);
        Assert.AreEqual("", error);
        // Without a host, .NET ends the process at the signal and runs none of its handlers.
        string[] last = kind == "plain" ? [] : ["after the run", "exit, subscribed earlier", "exit, subscribed later"];
        AssertWords(["first", .. last]);
        Assert.AreEqual(kind != "plain", AuditTypes()[^1] == "audit.stopped");
    }

    private void AssertWords(params string[] words)
    {
        string[] system = [.. Lines("zotify_api.log").Where(line => line.Contains(" Words", StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf("] ", line.IndexOf(" Words", StringComparison.Ordinal), StringComparison.Ordinal) + 2)..])];
        CollectionAssert.AreEqual(words.Select(word => $"{word} of j1").ToArray(), system);
        CollectionAssert.AreEqual(
            words,
            Lines("audit.log.json").Select(line => JsonElement.Parse(line))
                .Where(line => line.GetProperty("event_type").GetString() == "user.word")
                .Select(line => line.GetProperty("details").GetProperty("word").GetString()).ToArray());
        CollectionAssert.AreEqual(
            words.Select(word => $"{word} of j1").ToArray(),
            Lines("job_logs.json").Select(line => JsonElement.Parse(line).GetProperty("message").GetString()).ToArray());
        Chain.AssertWhole(Lines("audit.log.json"), firstSeq: 1);
    }

    private string[] AuditTypes() =>
        [.. Lines("audit.log.json").Select(line => JsonElement.Parse(line).GetProperty("event_type").GetString()!)];

    private string[] Lines(string name) => File.ReadAllLines(_folder.PathOf($"logs/{name}"));
}
