using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Compliance.Classification;
using Microsoft.Extensions.Compliance.Redaction;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Buffering;
using Microsoft.Extensions.Diagnostics.Enrichment;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Packages;

/// <summary>Microsoft.Extensions.Telemetry, which replaces the factory of loggers, together with the library.</summary>
[TestClass]
public sealed class TelemetryTests
{
    private static readonly EventId Login = new(1001, "user.login");

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task Values_that_the_factory_adds_are_kept_and_ids_are_not_repeated(bool enriches)
    {
        await using var host = await new TestHost
        {
            Logging = logging =>
            {
                logging.Configure(options => options.ActivityTrackingOptions = (ActivityTrackingOptions)127);
                if (!enriches) return;
                logging.EnableEnrichment();
                logging.Services.AddLogEnricher<Enricher>();
            },
        }.StartAsync(Cancellation);
        using (var activity = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).AddBaggage("tenant", "t1").AddTag("shop", 5))
        {
            activity.TraceStateString = "k=v";
            activity.ActivityTraceFlags = ActivityTraceFlags.Recorded;
            activity.Start();
            using (host.Logger().BeginScope("{order}", 7))
                host.Logger().LogInformation(Login, "User {user_id} with {Token} came", "u42", "geheim");
        }

        await host.FlushAsync(FlushTo.Disk, Cancellation);
        var line = JsonElement.Parse(host.AuditLines.Single());
        var (scope, details) = (line.GetProperty("scope").GetRawText(), line.GetProperty("details").GetRawText());
        Assert.AreEqual("""{"TraceState":"k=v","TraceFlags":"Recorded","shop":5,"tenant":"t1","order":7}""", scope);
        Assert.AreEqual(enriches ? """{"machine":"m1","Token":"[REDACTED]"}""" : """{"Token":"[REDACTED]"}""", details);
        Assert.AreEqual("User u42 with [REDACTED] came", line.GetProperty("message").GetString());
        Assert.AreEqual(32, line.GetProperty("trace_id").GetString()!.Length);
    }

    [TestMethod]
    public async Task Classified_values_come_redacted_and_names_are_redacted_as_well()
    {
        await using var host = await new TestHost
        {
            Logging = logging =>
            {
                logging.EnableRedaction(options => options.ApplyDiscriminator = false);
                logging.Services.AddSingleton<IRedactorProvider>(new Stars());
            },
        }.StartAsync(Cancellation);
        // As its source generator writes a log method with a classified parameter.
        var state = LoggerMessageHelper.ThreadLocalState;
        var tags = state.ReserveTagSpace(3);
        state.TagArray[tags] = new("user_id", "u42");
        state.TagArray[tags + 1] = new("Token", "geheim");
        state.TagArray[tags + 2] = new("{OriginalFormat}", "User {user_id} of {Mail} with {Token}");
        var classified = state.ReserveClassifiedTagSpace(1);
        state.ClassifiedTagArray[classified] = new("Mail", "a@example.org", new DataClassification("test", "private"));
        static string Text(LoggerMessageState state, Exception? exception) =>
            $"User {state.TagArray[0].Value} of {state.RedactedTagArray[0].Value} with {state.TagArray[1].Value}";
        host.Logger().Log(LogLevel.Information, Login, state, null, Text);
        state.Clear();
        await host.FlushAsync(FlushTo.Disk, Cancellation);

        var line = JsonElement.Parse(host.AuditLines.Single());
        Assert.AreEqual("User u42 of *** with [REDACTED]", line.GetProperty("message").GetString());
        Assert.AreEqual("***", line.GetProperty("details").GetProperty("Mail").GetString());
        Assert.AreEqual("[REDACTED]", line.GetProperty("details").GetProperty("Token").GetString());
    }

    [TestMethod]
    public async Task Buffered_records_keep_time_exception_and_properties()
    {
        var records = new ConcurrentQueue<LogRecord>();
        await using var host = await new TestHost(
            ("Logging:LogLevel:Default", "Trace"), ("Logging:Zotify:Handlers:Own:MinimumLevel", "Trace"))
        {
            Logging = logging =>
            {
                logging.Services.AddSingleton(records);
                logging.EnableEnrichment(options => options.CaptureStackTraces = true);
                logging.AddHandler<RecordingHandler>("Own").AddGlobalBuffer(LogLevel.Debug);
            },
        }.StartAsync(Cancellation);
        var before = TimeProvider.System.GetUtcNow();
        try
        {
            throw new InvalidOperationException("boom");
        }
        catch (InvalidOperationException exception)
        {
            using (host.Logger().BeginScope("{order}", 7))
                host.Logger().LogDebug(new EventId(5, "Tried"), exception, "Attempt {Attempt} with {Token}", 3, "geheim");
        }

        var after = TimeProvider.System.GetUtcNow();
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        Assert.IsFalse(records.Any(record => record.EventId.Id == 5), "the record is buffered");
        host.Time.Advance(TimeSpan.FromDays(1));
        host.Services.GetRequiredService<GlobalLogBuffer>().Flush();
        await host.FlushAsync(FlushTo.Disk, Cancellation);

        var record = records.Single(record => record.EventId.Id == 5);
        // The package's own clock is the system's.
        Assert.IsTrue(record.Timestamp >= before.AddSeconds(-1) && record.Timestamp <= after.AddSeconds(1), $"{record.Timestamp:O}");
        Assert.AreEqual("Attempt 3 with [REDACTED]", record.Message);
        var start = $"System.InvalidOperationException: boom\n   at {typeof(TelemetryTests).FullName}.";
        StringAssert.StartsWith(record.Exception, start, StringComparison.Ordinal);
        Assert.IsEmpty(record.Scope);
        Assert.AreEqual((LogLevel.Debug, "Tried", "Shop.Orders"), (record.Level, record.EventId.Name, record.Category));
    }

    [TestMethod]
    public async Task Records_that_are_sampled_out_are_not_logged_and_the_others_are()
    {
        await using var host = await new TestHost
        {
            Logging = logging => logging.AddRandomProbabilisticSampler(options =>
            {
                options.Rules.Add(new(probability: 0, categoryName: "Shop.Noise"));
                options.Rules.Add(new(probability: 1, categoryName: "Shop.Orders"));
            }),
        }.StartAsync(Cancellation);
        host.Logger("Shop.Noise").LogInformation(Login, "sampled out");
        host.Logger("Shop.Orders").LogInformation(Login, "sampled");
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        StringAssert.Contains(host.AuditLines.Single(), "\"sampled\"", StringComparison.Ordinal);
    }

    private sealed class Enricher : ILogEnricher
    {
        public void Enrich(IEnrichmentTagCollector collector) => collector.Add("machine", "m1");
    }

    private sealed class Stars : Microsoft.Extensions.Compliance.Redaction.Redactor, IRedactorProvider
    {
        public override int GetRedactedLength(ReadOnlySpan<char> input) => 3;

        public override int Redact(ReadOnlySpan<char> source, Span<char> destination)
        {
            "***".CopyTo(destination);
            return 3;
        }

        public Microsoft.Extensions.Compliance.Redaction.Redactor GetRedactor(DataClassificationSet classifications) => this;
    }
}
