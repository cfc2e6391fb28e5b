using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>The journals at a collector: every record, in order, through refusals and outages.</summary>
[TestClass]
public sealed class OtlpTests
{
    private const int TestTimeout = 180_000;

    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void CleanUp() => _folder.Dispose();

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_record_has_its_fields_where_the_protocol_has_them()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using (var host = await OtlpHost.StartAsync(_folder.Path, receiver.Address, Cancellation))
        {
            host.Logger.LogWarning(
                ShippingHost.Login, new InvalidOperationException("late"), "User {user_id} paid {Amount} {Count} {Ok}", "u1", 1.25m, 7L, true);
            using (host.Logger.BeginScope(new Dictionary<string, object> { ["job_id"] = "j1" }))
                host.Logger.LogInformation("Row {Done}/{Total}", 1, 2);
        }

        var records = receiver.Records;
        var paid = records.Single(record => Name(record) == "user.login");
        Assert.AreEqual(("13", "Warning"), (paid.GetProperty("severityNumber").ToString(), paid.GetProperty("severityText").GetString()));
        Assert.AreEqual("User u1 paid 1.25 7 True", paid.GetProperty("body").GetProperty("stringValue").GetString());
        var line = JsonElement.Parse(
            File.ReadLines(_folder.PathOf("logs/audit.log.json")).Single(text => text.Contains("user.login", StringComparison.Ordinal)));
        foreach (var name in (string[])["id", "seq", "user_id", "category", "instance", "hash"])
            Assert.AreEqual(line.GetProperty(name).ToString(), OtlpReceiver.Attribute(paid, name), name);
        var ticks = line.GetProperty("timestamp").GetDateTimeOffset().UtcTicks - DateTime.UnixEpoch.Ticks;
        Assert.AreEqual($"{ticks}00", paid.GetProperty("timeUnixNano").GetString());
        Assert.AreEqual(
            File.ReadAllText(_folder.PathOf("logs/audit.log.json.id")).Trim(), OtlpReceiver.Attribute(paid, "journal"));
        StringAssert.Contains(OtlpReceiver.Attribute(paid, "exception.stacktrace"), "late", StringComparison.Ordinal);
        var details = paid.GetProperty("attributes").EnumerateArray().Single(of => of.GetProperty("key").ValueEquals("details"));
        Assert.AreEqual(
            """{"kvlistValue":{"values":[{"key":"Amount","value":{"doubleValue":1.25}},{"key":"Count","value":{"intValue":"7"}},"""
            + """{"key":"Ok","value":{"boolValue":true}}]}}""",
            details.GetProperty("value").GetRawText());
        var row = records.Single(record => OtlpReceiver.Attribute(record, "job_id") == "j1");
        Assert.AreEqual($"{OtlpReceiver.Attribute(row, "journal")}:1", OtlpReceiver.Attribute(row, "id"));
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_collector_that_fails_in_every_way_gets_all_records_in_order()
    {
        const int Events = 300;
        var requests = 0;
        await using var receiver = await OtlpReceiver.StartAsync();
        receiver.Takes = (context, _) =>
        {
            switch (Interlocked.Increment(ref requests))
            {
                case 1:
                    context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                    context.Response.Headers.RetryAfter = "1";
                    return Task.FromResult(false);
                case 2:
                    context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                    return Task.FromResult(false);
                case 3:
                    context.Abort();
                    return Task.FromResult(false);
                case 4:
                    context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                    return Task.FromResult(false);
                default:
                    return Task.FromResult(true);
            }
        };
        await using var host = await OtlpHost.StartAsync(
            _folder.Path, receiver.Address, Cancellation, ("Logging:Zotify:Otlp:MaxBatch", "64"),
            ("Logging:Zotify:Handlers:Jobs:Enabled", "false"));
        for (var n = 0; n < Events; n++) host.Logger.LogInformation(ShippingHost.Login, "{n}", n);
        var records = await receiver.WhenAsync(all => all.Count(IsLogin) >= Events, Cancellation);
        CollectionAssert.AreEqual(
            Enumerable.Range(0, Events).ToArray(),
            records.Where(IsLogin)
                .Select(record => int.Parse(record.GetProperty("body").GetProperty("stringValue").GetString()!, CultureInfo.InvariantCulture))
                .ToArray());
        await host.UntilAsync(target => target is { Behind: 0, Failure: null }, Cancellation);
        Assert.AreEqual(records.Count, host.Target().Sent);
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task A_record_that_the_collector_refuses_is_counted_and_delays_no_other()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        receiver.Takes = async (context, records) =>
        {
            if (records.Any(record => Body(record) == "poison"))
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                await context.Response.WriteAsync("""{"code":3,"message":"no such thing"}""");
                return false;
            }

            if (records.Any(record => Body(record) == "49"))
                await context.Response.WriteAsync("""{"partialSuccess":{"rejectedLogRecords":"2","errorMessage":"two are too old"}}""");
            return true;
        };
        await using var host = await OtlpHost.StartAsync(_folder.Path, receiver.Address, Cancellation);
        for (var n = 0; n < 50; n++) host.Logger.LogInformation(ShippingHost.Login, "{n}", n == 20 ? "poison" : $"{n}");
        await host.UntilAsync(target => target is { Behind: 0, Rejected: 3 }, Cancellation);
        Assert.AreEqual(49, receiver.Records.Count(IsLogin));
        StringAssert.Contains(host.Stderr.ToString(), "no such thing", StringComparison.Ordinal);
        Assert.IsNull(host.Target().Failure);
    }

    [TestMethod]
    [Timeout(TestTimeout, CooperativeCancellation = true)]
    public async Task Retention_keeps_what_the_collector_does_not_have_across_a_restart_and_health_tells()
    {
        const int Events = 400;
        (string, string?)[] settings =
        [
            ("Logging:Zotify:Handlers:Audit:MaxFileSize", "65536"), ("Logging:Zotify:Handlers:Audit:RetainedSize", "65536"),
        ];
        await using var receiver = await OtlpReceiver.StartAsync();
        var isOpen = false;
        receiver.Takes = (context, _) =>
        {
            if (Volatile.Read(ref isOpen)) return Task.FromResult(true);
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.FromResult(false);
        };
        await using (var host = await OtlpHost.StartAsync(_folder.Path, receiver.Address, Cancellation, settings))
        {
            Log(host, 0, Events);
            await host.UntilAsync(target => target is { FailureIsPermanent: true, Behind: > Events }, Cancellation);
            var health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancellation);
            Assert.AreEqual(HealthStatus.Degraded, health.Status);
            StringAssert.Contains(health.Entries["zotify"].Description, "Audit does not reach Otlp", StringComparison.Ordinal);
            await host.Service.FlushAsync(FlushTo.Database, Cancellation);
        }

        Volatile.Write(ref isOpen, true);
        await using var next = await OtlpHost.StartAsync(_folder.Path, receiver.Address, Cancellation, settings);
        await receiver.WhenAsync(all => all.Count(IsLogin) >= Events, Cancellation);
        // The next roll prunes.
        Log(next, Events, 2 * Events);
        while (Directory.GetFiles(_folder.PathOf("logs"), "audit.log.0*.json").Length > 2)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
        var records = await receiver.WhenAsync(all => all.Count(IsLogin) >= 2 * Events, Cancellation);
        var seqs = records.Where(record => OtlpReceiver.Attribute(record, "event_type") is not null)
            .Select(record => int.Parse(OtlpReceiver.Attribute(record, "seq")!, CultureInfo.InvariantCulture)).ToArray();
        CollectionAssert.AreEqual(Enumerable.Range(1, seqs.Length).ToArray(), seqs);
    }

    [TestMethod]
    public void Settings_that_are_wrong_fail_the_start_with_their_keys()
    {
        var missing = Assert.ThrowsExactly<OptionsValidationException>(() => _ = OtlpHost.Build(_folder.Path, null).Service);
        StringAssert.Contains(
            missing.Message, "Logging:Zotify:Otlp:Endpoint: the collector's address is missing; set it, for example to http://collector:4318",
            StringComparison.Ordinal);
        AssertRefused("collector:4318", "Logging:Zotify:Otlp:Endpoint: 'collector:4318': The collector's address begins with http");
        AssertRefused("http://c:1", "Logging:Zotify:Otlp:Timeout: '00:00:00'", ("Logging:Zotify:Otlp:Timeout", "00:00:00"));
        AssertRefused("http://c:1", "Logging:Zotify:Otlp:MaxBatch: '0'", ("Logging:Zotify:Otlp:MaxBatch", "0"));
        AssertRefused("http://c:1", "Logging:Zotify:Otlp:Headers: 'a b' is not the name", ("Logging:Zotify:Otlp:Headers:a b", "secret"));
        AssertRefused(
            "http://c:1", "Logging:Zotify:Otlp:Endpont: there is no such option; known here are Endpoint, Headers, MaxBatch, ServiceName, Timeout",
            ("Logging:Zotify:Otlp:Endpont", "http://c:1"));
    }

    private void AssertRefused(string endpoint, string message, params (string Key, string? Value)[] settings)
    {
        var refused = Assert.ThrowsExactly<OptionsValidationException>(() => _ = OtlpHost.Build(_folder.Path, endpoint, settings).Service);
        StringAssert.Contains(refused.Message, message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message);
    }

    private static void Log(ShippingHost host, int from, int to)
    {
        var text = new string('x', 800);
        for (var n = from; n < to; n++) host.Logger.LogInformation(ShippingHost.Login, "{n} {Text}", n, text);
    }

    private static string? Name(JsonElement record) => record.TryGetProperty("eventName", out var name) ? name.GetString() : null;

    private static bool IsLogin(JsonElement record) => Name(record) == "user.login";

    private static string? Body(JsonElement record) =>
        record.TryGetProperty("body", out var body) ? body.GetProperty("stringValue").GetString() : null;
}
