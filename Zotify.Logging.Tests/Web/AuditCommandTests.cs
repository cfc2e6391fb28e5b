using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

/// <summary>The command <c>audit verify</c> as a separate process.</summary>
[TestClass]
public sealed class AuditCommandTests
{
    private const string KeyId = "Logging:Zotify:Handlers:Audit:HashKeys:0:Id";
    private const string Key = "Logging:Zotify:Handlers:Audit:HashKeys:0:Key";

    private readonly WebProcess _program = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    private AuditFiles Files => new(_program.PathOf("logs"));

    [TestCleanup]
    public async Task CleanUpAsync() => await _program.DisposeAsync();

    [TestMethod]
    public async Task The_configured_log_is_verified_with_its_database_while_the_program_runs()
    {
        await using var host = await StartAsync();
        await LogAsync(host);
        var (exitCode, output, error) = await _program.RunAsync(Cancellation, "audit", "verify");
        Assert.AreEqual((0, ""), (exitCode, error), output);
        var lines = Files.Lines;
        StringAssert.StartsWith(output, $"VALID  {_program.PathOf("logs")}", StringComparison.Ordinal);
        StringAssert.Contains(output, $"{lines.Length} verified, 1 to {lines.Length}", StringComparison.Ordinal);
        StringAssert.Contains(output, lines[^1][^45..^2], StringComparison.Ordinal);
        StringAssert.Contains(
            output, $"{lines.Length} events compared, it has the log up to line {lines.Length}", StringComparison.Ordinal);
        StringAssert.Contains(output, "signed     no line", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task It_changes_nothing()
    {
        await using (var host = await StartAsync()) await LogAsync(host);
        var before = Directory.GetFiles(_program.PathOf("logs"))
            .Order().Select(path => (path, Convert.ToHexString(File.ReadAllBytes(path)))).ToArray();
        Assert.AreEqual(0, (await _program.RunAsync(Cancellation, "audit", "verify")).ExitCode);
        CollectionAssert.AreEqual(
            before,
            Directory.GetFiles(_program.PathOf("logs"))
                .Order().Select(path => (path, Convert.ToHexString(File.ReadAllBytes(path)))).ToArray());
    }

    [TestMethod]
    public async Task A_log_that_lost_its_end_is_truncated_where_its_database_is_and_valid_as_a_copy()
    {
        await using (var host = await StartAsync()) await LogAsync(host);
        var last = Files.Lines.Length;
        Files.CutAfter(last - 1);
        var (exitCode, output, _) = await _program.RunAsync(Cancellation, "audit", "verify", _program.PathOf("logs"));
        Assert.AreEqual(1, exitCode);
        StringAssert.StartsWith(output, "TRUNCATED  ", StringComparison.Ordinal);
        StringAssert.Contains(output, $"line {last}: it is missing: the database has", StringComparison.Ordinal);

        File.Copy(Files.Active, _program.PathOf("copy.json"));
        (exitCode, output, _) = await _program.RunAsync(Cancellation, "audit", "verify", "copy.json");
        Assert.AreEqual(0, exitCode);
        StringAssert.Contains(output, "database   not read", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task A_changed_row_is_reported_although_the_files_are_valid()
    {
        await using (var host = await StartAsync()) await LogAsync(host);
        DatabaseFile.Execute(_program.PathOf("logs/zotify.db"), "UPDATE audit_events SET message = 'Event 9' WHERE message = 'Event 2'");
        var row = Array.FindIndex(Files.Lines, line => line.Contains("Event 2", StringComparison.Ordinal)) + 1;
        var (exitCode, output, _) = await _program.RunAsync(Cancellation, "audit", "verify");
        Assert.AreEqual(1, exitCode);
        StringAssert.StartsWith(output, "BROKEN  ", StringComparison.Ordinal);
        StringAssert.Contains(output, "files      valid", StringComparison.Ordinal);
        StringAssert.Contains(output, $"rows       broken: row {row}: its message differs from its line", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task A_copy_with_a_changed_line_is_broken_there_and_needs_its_keys()
    {
        await using (var host = await StartAsync((KeyId, "k1"), (Key, "secret"))) await LogAsync(host);
        Directory.CreateDirectory(_program.PathOf("copy"));
        var copy = _program.PathOf("copy/" + AuditFiles.Name);
        File.Copy(Files.Active, copy);

        var (exitCode, output, _) = await _program.RunAsync(Cancellation, "audit", "verify", "copy");
        Assert.AreEqual(1, exitCode);
        StringAssert.Contains(output, "line 1: it is signed with the key 'k1', which is not configured", StringComparison.Ordinal);

        string[] keys = [$"--{KeyId}=k1", $"--{Key}=secret"];
        (exitCode, output, _) = await _program.RunAsync(Cancellation, ["audit", "verify", "copy", .. keys]);
        Assert.AreEqual(0, exitCode, output);
        StringAssert.Contains(output, "signed     from line 1 on", StringComparison.Ordinal);

        var text = await File.ReadAllTextAsync(copy, Cancellation);
        var changed = Array.FindIndex(text.Split('\n'), line => line.Contains("Event 2", StringComparison.Ordinal)) + 1;
        await File.WriteAllTextAsync(copy, text.Replace("Event 2", "Event 9", StringComparison.Ordinal), Cancellation);
        (exitCode, output, _) = await _program.RunAsync(Cancellation, ["audit", "verify", copy, .. keys]);
        Assert.AreEqual(1, exitCode);
        StringAssert.StartsWith(output, $"BROKEN  {copy}", StringComparison.Ordinal);
        StringAssert.Contains(output, $"line {changed}: its hash does not follow", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("audit")]
    [DataRow("audit", "prove")]
    [DataRow("audit", "verify", "here", "there")]
    [DataRow("audit", "verify", "nowhere")]
    [DataRow("audit", "verify")]
    [DataRow("audit", "verify", "--Logging:Zotify:Handlers:Audit:FlushInterval=soon")]
    public async Task A_log_that_cannot_be_verified_is_reported_in_one_message(params string[] arguments)
    {
        var (exitCode, output, error) = await _program.RunAsync(Cancellation, arguments);
        Assert.AreEqual((2, ""), (exitCode, output));
        Assert.AreNotEqual("", error);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.IsFalse(Directory.Exists(_program.PathOf("logs")));
    }

    private Task<TestHost> StartAsync(params (string, string?)[] settings) =>
        TestHost.In(new DirectoryInfo(_program.PathOf("")), settings).StartAsync(Cancellation);

    private async Task LogAsync(TestHost host)
    {
        for (var n = 1; n <= 5; n++) host.Logger().LogInformation(new EventId(1, "user.test"), "Event {n}", n);
        await host.FlushAsync(FlushTo.Database, Cancellation);
    }
}
