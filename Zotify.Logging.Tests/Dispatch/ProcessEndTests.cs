using System.Globalization;
using System.Text.Json;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.Dispatch;

[TestClass]
public sealed class ProcessEndTests
{
    private const int Records = 3_000;

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    [DataRow("dispose", 0)]
    [DataRow("dispose asynchronously", 0)]
    [DataRow("return", 0)]
    [DataRow("exit", 3)]
    public async Task A_program_without_a_host_loses_nothing_however_it_ends(string how, int exitCode)
    {
        await using var program = Start(how);
        Assert.AreEqual((exitCode, "", ""), await program.EndAsync(Cancellation));
        AssertWhole();
    }

    [TestMethod]
    [DataRow("throw")]
    [DataRow("throw on a thread")]
    public async Task An_unhandled_exception_loses_nothing_that_was_logged_before(string how)
    {
        await using var program = Start(how);
        var (exitCode, _, error) = await program.EndAsync(Cancellation);
        Assert.AreNotEqual(0, exitCode);
        StringAssert.Contains(error, "the program failed", StringComparison.Ordinal);
        AssertWhole();
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public async Task A_termination_loses_nothing_where_no_host_handles_it()
    {
        await using var program = Start("wait");
        Assert.AreEqual("logged", await program.ReadLineAsync(Cancellation));
        await program.TerminateAsync(Cancellation);
        var (exitCode, _, error) = await program.EndAsync(Cancellation);
        Assert.AreEqual((128 + 15, ""), (exitCode, error));
        AssertWhole();
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public async Task A_stuck_handler_delays_a_termination_until_the_timeout_and_the_rest_is_reported()
    {
        await using var program = Start("wait", "00:00:00.300");
        Assert.AreEqual("logged", await program.ReadLineAsync(Cancellation));
        await program.TerminateAsync(Cancellation);
        var (_, _, error) = await program.EndAsync(Cancellation);
        StringAssert.Contains(
            error,
            string.Create(
                CultureInfo.InvariantCulture, $"Stuck: final: {Records} records are not written, and the process ends"),
            StringComparison.Ordinal);
        AssertWhole();
    }

    [TestMethod]
    public async Task A_call_after_the_end_neither_throws_nor_blocks_and_is_counted_and_said()
    {
        await using var program = Start("log later");
        var (exitCode, output, error) = await program.EndAsync(Cancellation);
        Assert.AreEqual(0, exitCode, error);
        CollectionAssert.AreEqual(new[] { "System 2", "Audit 2", "Jobs 2" }, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        foreach (var handler in (string[])["System", "Audit", "Jobs"])
            Assert.Contains($"{handler}: final: a record came after the end and is not written; further ones are counted", error);
        AssertWhole();
    }

    [TestMethod]
    [DataRow("dispose", "were not written before the shutdown timeout")]
    [DataRow("return", "were not written before the shutdown timeout")]
    [DataRow("exit", "were not written before the shutdown timeout")]
    [DataRow("throw", "are not written, and the process ends")]
    public async Task A_stuck_handler_delays_the_end_until_the_timeout_and_the_rest_is_reported(string how, string said)
    {
        await using var program = Start(how, "00:00:00.300");
        var (_, _, error) = await program.EndAsync(Cancellation);
        StringAssert.Contains(
            error,
            string.Create(
                CultureInfo.InvariantCulture, $"zotify-logging: Stuck: final: {Records} records {said}"),
            StringComparison.Ordinal);
        AssertWhole();
    }

    private ChildProcess Start(string how, params string[] timeout) =>
        ChildProcess.Run<LogAndEnd>(_folder.Path, [how, Records.ToString(CultureInfo.InvariantCulture), .. timeout]);

    private void AssertWhole()
    {
        var numbers = Enumerable.Range(1, Records).ToArray();
        var system = File.ReadAllLines(_folder.PathOf("logs/zotify_api.log"));
        CollectionAssert.AreEqual(
            numbers,
            system.Select(
                line => int.Parse(
                    line[(line.IndexOf("Number ", StringComparison.Ordinal) + 7)..^6], CultureInfo.InvariantCulture)).ToArray());
        CollectionAssert.AreEqual(numbers, Journaled("audit.log.json", "event_type", "user.counted"));
        CollectionAssert.AreEqual(numbers, Journaled("job_logs.json", "event_name", "user.counted"));
    }

    private int[] Journaled(string file, string key, string value) =>
        [
            .. File.ReadAllLines(_folder.PathOf("logs/" + file)).Select(line => JsonElement.Parse(line)).Where(
                line => line.GetProperty(key).GetString() == value).Select(line => line.GetProperty("event_id").GetInt32())
        ];
}
