using System.Text.Json;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

[TestClass]
public sealed class ProcessTests
{
    private const int LinesBeforeTheStop = 20;

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public async Task A_termination_ends_the_streams_and_loses_nothing_that_was_logged()
    {
        await using var program = new WebProcess();
        program.Start();
        var link = await program.SignInLinkAsync(Cancellation);
        using var client = new HttpClient { BaseAddress = new Uri(link.GetLeftPart(UriPartial.Authority)) };
        using var page = await client.GetAsync(link, Cancellation);
        page.EnsureSuccessStatusCode();
        using var stream = new StreamReader(
            await client.GetStreamAsync("/api/logs/system/stream?tail=0&category=Zotify.Logging.Web.Demo.LibrarySync", Cancellation));
        using var accepted = await client.PostAsync("/api/demo/sync", null, Cancellation);
        var seen = new List<string>();
        for (var i = 0; i < LinesBeforeTheStop; i++) seen.Add((await stream.ReadLineAsync(Cancellation))!);

        await program.TerminateAsync(Cancellation);
        // The connection breaks off: a log that goes on has no regular end.
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            while (await stream.ReadLineAsync(Cancellation) is { } line) seen.Add(line);
        });
        var (exitCode, error) = await program.EndAsync(Cancellation);

        Assert.AreEqual(0, exitCode, error);
        Assert.AreEqual("", error);
        // The file also has the lines that the stream had not sent yet; the job's journal has exactly the same records.
        var system = Messages(await File.ReadAllLinesAsync(program.PathOf("logs/zotify_api.log"), Cancellation));
        CollectionAssert.AreEqual(Messages([.. seen]), system[..seen.Count]);
        var journal = await File.ReadAllLinesAsync(program.PathOf("logs/job_logs.json"), Cancellation);
        CollectionAssert.AreEqual(system, journal.Select(entry => JsonElement.Parse(entry).GetProperty("message").GetString()).ToArray());
        var audit = await File.ReadAllTextAsync(program.PathOf("logs/audit.log.json"), Cancellation);
        StringAssert.Contains(audit, "user.sync_requested", StringComparison.Ordinal);
        StringAssert.EndsWith(audit, "\n", StringComparison.Ordinal);
        StringAssert.Contains(audit.Split('\n')[^2], "audit.stopped", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("Logging:Zotify:Handlers:Audit:FlushInterval", "soon")]
    [DataRow("Logging:Zotify:Handlers:System:Overflow", "Explode")]
    [DataRow("Logging:Zotify:Database:ConnectionString", "Data")]
    [DataRow("Zotify:Access:ApiKeys:0:Sha256", "12")]
    [DataRow("Zotify:Sources:0:Directory", "logs")]
    [DataRow("Zotify:Demo:Enable", "true")]
    [DataRow("Zotify:Access", "true")]
    public async Task A_bad_configuration_stops_the_start_with_one_message(string key, string value)
    {
        await using var program = new WebProcess();
        program.Start($"{key}={value}");
        var (exitCode, error) = await program.EndAsync(Cancellation);
        Assert.AreEqual(1, exitCode);
        StringAssert.Contains(error, $"{key}: ", StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("urls", "nonsense", "urls: 'nonsense': ")]
    [DataRow("urls", "http://localhost:0", "urls: 'http://localhost:0': ")]
    [DataRow("urls", "http://localhost:http", "urls: 'http://localhost:http': ")]
    [DataRow("urls", "http://127.0.0.1:99999", "urls: 'http://127.0.0.1:99999': ")]
    [DataRow("urls", "ftp://127.0.0.1:0", "'ftp://127.0.0.1:0'")]
    [DataRow("urls", "https://127.0.0.1:0", "certificate")]
    [DataRow("urls", "http://192.0.2.1:5080", "urls or Kestrel:Endpoints: ")]
    [DataRow("Kestrel:Endpoints:Ops:Url", "nonsense", "Kestrel:Endpoints:Ops:Url: 'nonsense': ")]
    [DataRow("Zotify:Demo:Enabled", "perhaps", "Zotify:Demo:Enabled: 'perhaps' is not valid")]
    [DataRow("Zotify:Access:ApiKey:0:Name", "ops", "Zotify:Access:ApiKey: ")]
    public async Task A_setting_of_the_program_that_cannot_be_used_stops_the_start_with_one_message(string key, string value, string named)
    {
        await using var program = new WebProcess();
        // With a key it may listen anywhere.
        program.Start(
            "Zotify:Access:ApiKeys:0:Name=ops",
            $"Zotify:Access:ApiKeys:0:Sha256={new string('0', 64)}",
            "Zotify:Access:ApiKeys:0:Scopes:0=logs:jobs",
            $"{key}={value}");
        var (exitCode, error) = await program.EndAsync(Cancellation);
        Assert.AreEqual(1, exitCode);
        StringAssert.Contains(error, named, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task A_directory_that_cannot_be_written_stops_the_start_with_a_message_that_names_its_key()
    {
        await using var program = new WebProcess();
        await File.WriteAllTextAsync(program.PathOf("logs"), "a file", Cancellation);
        program.Start();
        var (exitCode, error) = await program.EndAsync(Cancellation);
        Assert.AreEqual(1, exitCode);
        StringAssert.Contains(error, $"Logging:Zotify:Directory: '{program.PathOf("logs")}' cannot be written", StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static string[] Messages(string[] lines) =>
        [
            .. lines.Where(
                line => line.Contains(
                    " Zotify.Logging.Web.Demo.LibrarySync",
                    StringComparison.Ordinal)).Select(line => line[(line.IndexOf("] ", 35, StringComparison.Ordinal) + 2)..])
        ];
}
