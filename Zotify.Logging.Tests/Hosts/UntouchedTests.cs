using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Hosts;

/// <summary>Nothing is opened before the first record or the host's start: no directory, lock, thread or database.</summary>
[TestClass]
public sealed class UntouchedTests
{
    private const string Handlers = "Logging:Zotify:Handlers:";

    private static readonly (string, string?)[] AllDisabled =
        [(Handlers + "System:Enabled", "false"), (Handlers + "Audit:Enabled", "false"), (Handlers + "Jobs:Enabled", "false")];

    private readonly SharedFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public async Task A_container_that_only_gives_out_services_leaves_no_trace()
    {
        await using (var services = _folder.Container())
        {
            var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop");
            Assert.IsTrue(logger.IsEnabled(LogLevel.Information));
            logger.LogDebug("nobody takes it");
            var service = services.GetRequiredService<LoggingService>();
            Assert.IsTrue(service.Handlers.All(handler => handler.State == HandlerState.Starting));
            await service.FlushAsync(FlushTo.Database, Cancellation);
            Assert.IsEmpty((await services.GetRequiredService<AuditLog>().SearchAsync(new AuditQuery(), Cancellation)).Items);
        }

        Assert.IsFalse(_folder.Exists);
    }

    [TestMethod]
    public async Task A_design_time_tool_leaves_no_trace()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = _folder.Root });
        builder.Logging.ClearProviders().AddZotify();
        builder.Services.AddDbContext<Orders>(options => options.UseSqlite($"Data Source={Path.Combine(_folder.Root, "orders.db")}"));
        using (var host = builder.Build())
        {
            // As the tool does: it builds the host, never starts it, and resolves a context.
            using var scope = host.Services.CreateScope();
            var context = scope.ServiceProvider.GetRequiredService<Orders>();
            Assert.Contains("CREATE TABLE", context.Database.GenerateCreateScript());
        }

        Assert.IsFalse(_folder.Exists);
        await Task.CompletedTask;
    }

    [TestMethod]
    public async Task A_provider_that_was_cleared_leaves_no_trace_though_the_host_starts()
    {
        var host = await _folder.Host(logging => logging.ClearProviders()).StartAsync(Cancellation);
        host.Logger().LogCritical("to nobody");
        await host.StopAsync(Cancellation);
        await host.DisposeAsync();
        Assert.IsFalse(_folder.Exists);
        Assert.AreEqual("", host.Stderr.ToString());
    }

    [TestMethod]
    public async Task A_provider_that_was_cleared_and_added_again_logs()
    {
        await using (var host = await _folder.Host(logging => logging.ClearProviders().AddZotify()).StartAsync(Cancellation))
            host.Logger().LogInformation("added again");
        Assert.AreEqual(1, _folder.SystemLines.Count(message => message.EndsWith("added again", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task With_everything_disabled_the_host_takes_no_lock_and_makes_nothing_until_a_handler_is_enabled()
    {
        await using var host = await _folder.Host(AllDisabled).StartAsync(Cancellation);
        host.Logger().LogInformation(new EventId(1, "user.login"), "Nobody takes it, {job_id}", "j1");
        await host.FlushAsync(FlushTo.Database, Cancellation);
        Assert.IsFalse(_folder.Exists);
        Assert.IsTrue(host.Service.Handlers.All(handler => handler.State == HandlerState.Disabled));

        host.Change((Handlers + "System:Enabled", "true"));
        host.Logger().LogInformation("now in the log");
        await host.FlushAsync(FlushTo.Disk, Cancellation);
        Assert.IsTrue(_folder.SystemLines.Any(message => message.EndsWith("now in the log", StringComparison.Ordinal)));
        Assert.IsFalse(_folder.IsFree());
    }

    [TestMethod]
    public async Task A_handler_that_is_enabled_at_run_time_opens_without_a_record()
    {
        await using var host = await _folder.Host(AllDisabled).StartAsync(Cancellation);
        host.Change((Handlers + "Audit:Enabled", "true"));
        while (!File.Exists(_folder.PathOf("zotify.db"))) await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancellation);
        Assert.AreEqual("audit.started", _folder.EventTypes[0]);
    }

    [TestMethod]
    public async Task A_first_record_opens_the_one_handler_that_takes_it()
    {
        await using var services = _folder.Container();
        services.GetRequiredService<ILogger<UntouchedTests>>().LogInformation("for the system log");
        await services.GetRequiredService<LoggingService>().FlushAsync(FlushTo.Database, Cancellation);
        CollectionAssert.AreEquivalent(
            new[] { "zotify.lock", "zotify.owner", "zotify_api.log" },
            Directory.GetFiles(_folder.Directory).Select(Path.GetFileName).ToArray());
    }

    [TestMethod]
    public async Task Queries_answer_empty_where_everything_is_disabled_and_nothing_was_ever_logged()
    {
        string[] settings = [.. AllDisabled.Select(setting => $"{setting.Item1}={setting.Item2}")];
        await using var server = await new TestServer { Settings = settings }.StartAsync(Cancellation);
        using var client = server.Client();
        foreach (var (path, items) in ((string, bool)[])
        [
            ("/audit", true), ("/jobs", true), ("/audit/histogram", false), ("/audit/event-types", false), ("/audit/facets", false), ("/system/histogram", true), ("/audit/verify", false),
            ("/handlers", false), ("/system/stream?follow=false", false), ("/audit/stream?follow=false", false),
        ])
        {
            using var answer = await client.GetAsync("/api/logs" + path, Cancellation);
            var body = await answer.Content.ReadAsStringAsync(Cancellation);
            Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode, $"{path}: {body}");
            if (items) Assert.AreEqual(0, JsonElement.Parse(body).GetProperty("items").GetArrayLength(), path);
        }

        using var unknown = await client.GetAsync("/api/logs/jobs/unknown", Cancellation);
        Assert.AreEqual(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.AreEqual("Healthy", await client.GetStringAsync("/health/ready", Cancellation));
        Assert.IsFalse(Directory.Exists(server.PathOf("logs")));
    }

    [TestMethod]
    public async Task Queries_answer_what_the_directory_has_where_everything_is_disabled()
    {
        await using (var host = await _folder.Host().StartAsync(Cancellation)) SharedFolder.LogAll(host.Services, 1);
        await using var disabled = await _folder.Host(AllDisabled).StartAsync(Cancellation);
        var log = disabled.Services.GetRequiredService<AuditLog>();
        var page = await log.SearchAsync(new AuditQuery { EventTypes = ["user.*"] }, Cancellation);
        Assert.HasCount(1, page.Items);
        Assert.AreEqual(
            AuditVerificationStatus.Valid,
            (await disabled.Services.GetRequiredService<AuditVerifier>().VerifyAsync(Cancellation)).Status);
        Assert.IsTrue(_folder.IsFree());
    }

    private sealed class Orders(DbContextOptions<Orders> options) : DbContext(options)
    {
        public DbSet<Order> All => Set<Order>();
    }

    private sealed class Order
    {
        public int Id { get; set; }
    }
}
