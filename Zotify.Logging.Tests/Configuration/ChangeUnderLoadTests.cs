using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Packages;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Configuration;

/// <summary>
/// Every change enables exactly one of the handlers, each time another one, while threads log. A record that met the old options for one
/// handler and the new ones for another would be with both, or with none.
/// </summary>
[TestClass]
public sealed class ChangeUnderLoadTests
{
    private const string Root = "Logging:Zotify:";
    private const int Threads = 3;
    private const int CallsOfAChange = 50;
    private static readonly string[] Handlers = ["System", "Audit", "Jobs", "Own"];

    private static readonly int Changes = 20 * TestScale.Factor;

    private readonly ConcurrentQueue<LogRecord> _own = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [DataRow("Enabled", "false", "true")]
    [DataRow("MinimumLevel", "Critical", "Information")]
    [DataRow("EventTypes:0", "other.*", "user.*")]
    [DataRow("ExcludeEventTypes:0", "user.*", "other.*")]
    [DataRow("Categories:0", "Other", "Shop")]
    [DataRow("ExcludeCategories:0", "Shop", "Other")]
    public async Task A_change_holds_for_the_whole_of_a_record_and_none_is_lost_or_doubled(string key, string off, string on)
    {
        (string, string?)[] Only(int chosen) =>
            [.. Handlers.Select((name, i) => ($"{Root}Handlers:{name}:{key}", (string?)(i == chosen ? on : off)))];
        await using var host = Host(Only(0));
        await host.StartAsync(Cancellation);
        await AssertPartedAsync(host, change => host.Change(Only(change % Handlers.Length)));
        Assert.AreEqual("", host.Stderr.ToString());
    }

    [TestMethod]
    public async Task Levels_redaction_and_options_change_together()
    {
        // While Audit accepts the records, the general levels exclude the others', and the numbers must not be written.
        (string, string?)[] Change(bool audit) =>
        [
            ("Logging:LogLevel:Default", audit ? "None" : "Information"),
            (Root + "Handlers:Audit:Enabled", audit ? "true" : "false"),
            (Root + "Redact:0", audit ? "mark" : "nothing"),
        ];
        await using var host = Host(
            [.. Change(audit: false), (Root + "Handlers:Jobs:Enabled", "false"), (Root + "Handlers:Own:Enabled", "false")]);
        await host.StartAsync(Cancellation);
        await AssertPartedAsync(host, change => host.Change(Change(audit: change % 2 == 1)));
        Assert.IsTrue(host.AuditLines.Where(IsCounted).All(line => line.Contains("\"Mark\":\"[REDACTED]\"", StringComparison.Ordinal)));
        Assert.IsTrue(host.SystemLines.Where(IsCounted).All(line => line.EndsWith(" plain", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task An_invalid_change_changes_nothing_and_is_reported_once()
    {
        var host = Host(
            (Root + "Handlers:Audit:Enabled", "false"),
            (Root + "Handlers:Jobs:Enabled", "false"),
            (Root + "Handlers:Own:Enabled", "false"));
        await using (host)
        {
            await host.StartAsync(Cancellation);
            await AssertPartedAsync(host, change =>
            {
                // Its valid part must not apply either.
                if (change == 1)
                    host.Change(
                        (Root + "Handlers:Own:Enabled", "true"),
                        (Root + "LogLevel:Shop", "None"),
                        (Root + "Handlers:Jobs:MinimumLevel", "Loud"));
            });
            Assert.IsEmpty(_own);
        }

        var line = host.Stderr.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Single();
        StringAssert.Contains(line, Root + "Handlers:Jobs:MinimumLevel", StringComparison.Ordinal);
        Assert.DoesNotContain("held back", line, StringComparison.Ordinal);
    }

    private TestHost Host(params (string, string?)[] settings) =>
        new([.. settings, (Root + "Handlers:System:Overflow", "Wait"), (Root + "Handlers:Own:Overflow", "Wait")])
    {
        Logging = logging =>
        {
            logging.Services.AddSingleton(_own);
            logging.AddHandler<RecordingHandler>("Own");
        },
    };

    /// <summary>
    /// Logs in several threads while the settings change, and finds every record once, with one handler, in the order of its thread.
    /// </summary>
    private async Task AssertPartedAsync(TestHost host, Action<int> change)
    {
        var logger = host.Logger();
        var logged = new int[Threads];
        using var calls = new SemaphoreSlim(0);
        var threads = Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                while (logged[thread] < CallsOfAChange * Changes)
                {
                    calls.Wait(Cancellation);
                    logger.LogInformation(
                        new EventId(1, "user.counted"),
                        "Thread {Thread} number {Number} of {job_id} {Mark}",
                        thread,
                        ++logged[thread],
                        "j1",
                        "plain");
                }
            },
            Cancellation,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        for (var i = 1; i <= Changes; i++)
        {
            // The change happens during its calls.
            calls.Release(Threads * CallsOfAChange);
            change(i);
            while (calls.CurrentCount > CallsOfAChange) await Task.Yield();
        }

        // A thread that was ahead has left calls to the others.
        calls.Release(Threads * CallsOfAChange * Changes);
        await Task.WhenAll(threads);
        await host.FlushAsync(FlushTo.Database, Cancellation);

        (int Thread, int Number)[][] found =
        [
            Numbers(host.SystemLines.Where(IsCounted)),
            Numbers(host.AuditLines.Where(IsCounted).Select(Message)),
            Numbers(host.JobLines.Where(IsCounted).Select(Message)),
            Numbers(_own.Select(record => record.Message).Where(IsCounted)),
        ];
        for (var thread = 0; thread < Threads; thread++)
        {
            var ofThread = found.Select(numbers => numbers.Where(n => n.Thread == thread).Select(n => n.Number).ToArray()).ToArray();
            foreach (var numbers in ofThread)
                CollectionAssert.AreEqual(numbers.Order().ToArray(), numbers, "not in the order of its thread");
            CollectionAssert.AreEqual(
                Enumerable.Range(1, logged[thread]).ToArray(), ofThread.SelectMany(n => n).Order().ToArray(), "lost or doubled");
        }

        Assert.AreEqual(found[1].Length, host.Scalar("SELECT COUNT(*) FROM audit_events WHERE event_type = 'user.counted'"));
        Assert.AreEqual(found[2].Length, host.Scalar("SELECT COUNT(*) FROM job_logs"));
    }

    private static bool IsCounted(string line) => line.Contains("Thread ", StringComparison.Ordinal);

    private static string Message(string line) => JsonElement.Parse(line).GetProperty("message").GetString()!;

    private static (int Thread, int Number)[] Numbers(IEnumerable<string> lines) =>
    [
        .. lines.Select(line => line[line.IndexOf("Thread ", StringComparison.Ordinal)..].Split(' '))
            .Select(words => (int.Parse(words[1], CultureInfo.InvariantCulture), int.Parse(words[3], CultureInfo.InvariantCulture))),
    ];
}
