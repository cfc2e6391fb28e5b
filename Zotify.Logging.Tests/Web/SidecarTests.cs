using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

/// <summary>The web project as a sidecar of an application: another process, whose directory it reads, and whose database it
/// shares.</summary>
[TestClass]
public sealed class SidecarTests
{
    private const string Stream = "/api/logs/system/stream?category=Load&since=1h";

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    private string Database => _folder.PathOf("shared.db");

    private string Logs => _folder.PathOf("logs");

    [TestCleanup]
    public void RemoveFolder() => _folder.Dispose();

    [TestMethod]
    [Timeout(600_000, CooperativeCancellation = true)]
    public async Task A_stream_begins_before_the_application_does_and_has_every_line_across_its_kills_restarts_and_rotations()
    {
        var kills = TestScale.Factor;
        await using var server = await StartServerAsync();
        var client = new ResumingClient(Stream);
        var total = int.MaxValue;
        var (awaited, reached) = (0, new TaskCompletionSource());
        // One connection, opened before the directory exists.
        var reading = client.ReadAsync(
            server.Url,
            next =>
            {
                if (next == Volatile.Read(ref awaited)) reached.TrySetResult();
                return next >= Volatile.Read(ref total);
            },
            Cancellation);
        // No file is deleted that the stream has not read yet: that would be a real gap.
        const string KeepAll = "Logging:Zotify:Handlers:System:RetainedFiles=1000";
        var written = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            reached = new TaskCompletionSource();
            Volatile.Write(ref awaited, written + 3_000);
            await using var application = await StartApplicationAsync("Logging:Zotify:Handlers:System:MaxFileSize=65536", KeepAll);
            await TellAsync(application, $"count {written} {written + 2_000}");
            // Killed at some moment while it logs: the lines that were in the file stay, and the next run continues after them.
            await application.WriteLineAsync($"count {written + 2_000} {written + 400_000}", Cancellation);
            await reached.Task.WaitAsync(Cancellation);
            await application.KillAsync(Cancellation);
            written = LinesInFiles();
        }

        await using (var application = await StartApplicationAsync(KeepAll))
        {
            Volatile.Write(ref total, written + 1_000);
            await TellAsync(application, $"count {written} {written + 1_000}");
            await reading;
        }

        Assert.AreEqual(written + 1_000, client.Next);
        Assert.AreEqual(1, client.Connections);
        var files = Directory.GetFiles(Logs, "zotify_api*.log").Length;
        Assert.IsGreaterThan(2, files);
        TestContext.WriteLine($"{client.Next} lines, {files} files, {kills} kills, {client.Connections} connection.");
    }

    [TestMethod]
    public async Task An_answer_has_what_the_journals_held_when_it_was_requested_or_reports_it_as_missing()
    {
        await using var application = await StartApplicationAsync();
        await using var server = await StartServerAsync();
        using var client = server.Client();
        for (var i = 0; i < 5; i++)
        {
            await TellAsync(application, $"audit number-{i}");
            await TellAsync(application, $"job job-{i} job.started");
            var events = await client.GetFromJsonAsync<JsonElement>(
                $"/api/logs/audit?event_type=user.test&q=number-{i}&limit=1", Cancellation);
            if (!events.TryGetProperty("complete", out _))
                Assert.AreEqual($"number-{i} of u1", events.GetProperty("items")[0].GetProperty("message").GetString());
            using var job = await client.GetAsync($"/api/logs/jobs/job-{i}", Cancellation);
            Assert.IsTrue(job.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, $"{job.StatusCode}");
        }

        // Nobody can write: the journals continue, and the answers show that.
        using (DatabaseFile.HoldWrites(Database))
        {
            await TellAsync(application, "audit late");
            await TellAsync(application, "job late job.started");
            var events = await client.GetFromJsonAsync<JsonElement>("/api/logs/audit?q=late&limit=1", Cancellation);
            Assert.AreEqual((0, false), (events.GetProperty("items").GetArrayLength(), events.GetProperty("complete").GetBoolean()));
            // Besides the application's own, this program's audit.read events of the requests before.
            Assert.IsGreaterThanOrEqualTo(1, events.GetProperty("behind").GetInt64());
            using var job = await client.GetAsync("/api/logs/jobs/late", Cancellation);
            Assert.AreEqual(HttpStatusCode.ServiceUnavailable, job.StatusCode);
            Assert.AreEqual(1, (await job.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("behind").GetInt64());
            var source = (await client.GetFromJsonAsync<JsonElement>("/api/logs/handlers", Cancellation)).GetProperty("sources")[0];
            Assert.AreEqual(1, Journal(source, "Jobs").GetProperty("behind").GetInt64());
            Assert.AreEqual(6, Journal(source, "Jobs").GetProperty("last_seq").GetInt64());
        }

        // Once it is written, the wait for the job ends.
        await UntilAsync(client, "/api/logs/jobs/late", answer => answer.StatusCode == HttpStatusCode.OK);
        var waiting = client.GetFromJsonAsync<JsonElement>("/api/logs/jobs/late/wait?timeout=5m", Cancellation);
        await TellAsync(application, "job late job.completed");
        var ended = await waiting;
        Assert.AreEqual(
            (true, "completed"), (ended.GetProperty("ended").GetBoolean(), ended.GetProperty("job").GetProperty("status").GetString()));
        await server.FlushAsync(Cancellation);
        Assert.IsGreaterThan(
            4,
            DatabaseFile.Scalar(
                Database, $"SELECT COUNT(*) FROM audit_events WHERE event_type = 'audit.read' AND instance NOT LIKE '%/application'"));
    }

    [TestMethod]
    public async Task The_audit_log_of_the_application_is_proven_and_its_directory_is_left_as_it_is()
    {
        await using (var application = await StartApplicationAsync())
        {
            for (var i = 0; i < 3; i++) await TellAsync(application, $"audit number-{i}");
            await TellAsync(application, "project");
            application.CloseInput();
            Assert.AreEqual(0, (await application.EndAsync(Cancellation)).ExitCode);
        }

        var before = FilesOf(Logs);
        var files = new AuditFiles(Logs);
        await using (var server = await StartServerAsync())
        {
            using var client = server.Client();
            var valid = await client.GetFromJsonAsync<JsonElement>("/api/logs/audit/verify", Cancellation);
            Assert.AreEqual(
                ("valid", files.Lines.Length), (valid.GetProperty("status").GetString(), valid.GetProperty("checked").GetInt32()));
            // The last line, of the end itself, may be projected only by the next start.
            Assert.IsGreaterThanOrEqualTo(files.Lines.Length - 1, valid.GetProperty("database").GetProperty("checked").GetInt32());
            foreach (var path in (string[])["/api/logs/audit", "/api/logs/jobs", "/api/logs/handlers", "/api/logs/system/stream?follow=false"])
                await client.GetStringAsync(path, Cancellation);
            await server.FlushAsync(Cancellation);
            Assert.Contains("audit.read", server.AuditFile());
            Assert.AreEqual(before, FilesOf(Logs));

            files.CutAfter(files.Lines.Length - 2);
            Assert.AreEqual("truncated", await StatusAsync(client));
            await File.WriteAllTextAsync(
                files.Active,
                (await File.ReadAllTextAsync(files.Active, Cancellation)).Replace("number-1", "number-7", StringComparison.Ordinal),
                Cancellation);
            Assert.AreEqual("broken", await StatusAsync(client));
            // Emptied, including the id: only the name shows whose it was.
            foreach (var path in Directory.GetFiles(Logs, "audit*")) File.Delete(path);
            Assert.AreEqual("truncated", await StatusAsync(client));
        }
    }

    [TestMethod]
    public async Task A_directory_that_is_not_there_yet_is_an_empty_log()
    {
        await using var server = await StartServerAsync();
        using var client = server.Client();
        Assert.AreEqual("valid", await StatusAsync(client));
        Assert.AreEqual("", await client.GetStringAsync("/api/logs/system/stream?follow=false", Cancellation));
        Assert.AreEqual(
            0, (await client.GetFromJsonAsync<JsonElement>("/api/logs/jobs", Cancellation)).GetProperty("items").GetArrayLength());
        var source = (await client.GetFromJsonAsync<JsonElement>("/api/logs/handlers", Cancellation)).GetProperty("sources")[0];
        Assert.AreEqual(
            """{"writer":null,"system_written_at":null,"journals":[{"name":"Audit","journal":null,"written_at":null,"last_seq":0,"projected_seq":null,"behind":0,"error":null},"""
            + """{"name":"Jobs","journal":null,"written_at":null,"last_seq":0,"projected_seq":null,"behind":0,"error":null}]}""",
            source.GetRawText());
        Assert.IsFalse(Directory.Exists(Logs));

        await using var application = await StartApplicationAsync();
        await TellAsync(application, "audit first");
        source = (await client.GetFromJsonAsync<JsonElement>("/api/logs/handlers", Cancellation)).GetProperty("sources")[0];
        StringAssert.StartsWith(
            source.GetProperty("writer").GetString(), $"m1/application, process {application.Id}, since ", StringComparison.Ordinal);
        Assert.IsGreaterThan(1, Journal(source, "Audit").GetProperty("last_seq").GetInt64());
    }

    private static JsonElement Journal(JsonElement source, string name) =>
        source.GetProperty("journals").EnumerateArray().Single(journal => journal.GetProperty("name").GetString() == name);

    private static string FilesOf(string directory) => string.Join('\n', Directory.GetFiles(directory).Order(StringComparer.Ordinal)
        .Select(path => $"{path} {new FileInfo(path).Length} {File.GetLastWriteTimeUtc(path):O}"));

    private async Task<string?> StatusAsync(HttpClient client) =>
        (await client.GetFromJsonAsync<JsonElement>("/api/logs/audit/verify", Cancellation)).GetProperty("status").GetString();

    private Task<TestServer> StartServerAsync() => new TestServer
    {
        Settings =
        [
            $"Zotify:Sources:0:Directory={Logs}", "Zotify:Sources:0:Instance=m1/application",
            $"Logging:Zotify:Database:ConnectionString=Data Source={Database};Default Timeout=1", "Logging:LogLevel:Microsoft=Warning",
        ],
    }.StartAsync(Cancellation);

    private async Task<ChildProcess> StartApplicationAsync(params string[] settings)
    {
        string[] all =
        [
            "Logging:Zotify:Instance=m1/application",
            $"Logging:Zotify:Database:ConnectionString=Data Source={Database};Default Timeout=1",
            "Logging:Zotify:Handlers:System:Overflow=Wait",
            .. settings
        ];
        var application = ChildProcess.Run<Application>(_folder.Path, [.. all.Select(setting => $"--{setting}")]);
        Assert.AreEqual(Application.Started, await application.ReadLineAsync(Cancellation));
        return application;
    }

    private async Task TellAsync(ChildProcess application, string line)
    {
        await application.WriteLineAsync(line, Cancellation);
        Assert.AreEqual(Application.Logged, await application.ReadLineAsync(Cancellation));
    }

    private async Task UntilAsync(HttpClient client, string path, Predicate<HttpResponseMessage> isSo)
    {
        while (true)
        {
            using var answer = await client.GetAsync(path, Cancellation);
            if (isSo(answer)) return;
        }
    }

    private int LinesInFiles() =>
        Directory.GetFiles(Logs, "zotify_api*.log")
            .Sum(
                path => File.ReadLines(path)
                    .Count(line => line.Contains(" Load[", StringComparison.Ordinal) || line.Contains(" Load ", StringComparison.Ordinal)));
}
