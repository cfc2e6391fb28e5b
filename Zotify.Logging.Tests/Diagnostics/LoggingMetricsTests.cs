using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Diagnostics;

[TestClass]
public sealed class LoggingMetricsTests
{
    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task The_instruments_have_the_documented_names_kinds_and_units()
    {
        await using var host = await new TestHost().StartAsync(Cancellation);
        using var metrics = new Measurements(host.Services);
        var expected = new Dictionary<string, string>
        {
            ["zotify.logging.records.written"] = "ObservableCounter {record}",
            ["zotify.logging.records.dropped"] = "ObservableCounter {record}",
            ["zotify.logging.records.retried"] = "ObservableCounter {record}",
            ["zotify.logging.records.rejected"] = "ObservableCounter {record}",
            ["zotify.logging.records.renamed"] = "ObservableCounter {record}",
            ["zotify.logging.queue.length"] = "ObservableUpDownCounter {record}",
            ["zotify.logging.queue.capacity"] = "ObservableUpDownCounter {record}",
            ["zotify.logging.queue.size"] = "ObservableUpDownCounter By",
            ["zotify.logging.queue.limit"] = "ObservableUpDownCounter By",
            ["zotify.logging.ring.size"] = "ObservableUpDownCounter By",
            ["zotify.logging.ring.evicted"] = "ObservableCounter {record}",
            ["zotify.logging.projection.behind"] = "ObservableGauge {record}",
            ["zotify.logging.instances"] = "ObservableUpDownCounter {instance}",
            ["zotify.logging.jobs.stalled"] = "ObservableUpDownCounter {job}",
            ["zotify.logging.jobs.overdue"] = "ObservableUpDownCounter {type}",
            ["zotify.logging.target.behind"] = "ObservableGauge {record}",
            ["zotify.logging.target.sent"] = "ObservableCounter {record}",
            ["zotify.logging.target.rejected"] = "ObservableCounter {record}",
        };
        CollectionAssert.AreEquivalent(expected.ToArray(), metrics.Instruments.ToArray());
    }

    [TestMethod]
    public async Task They_show_what_became_of_each_handlers_records()
    {
        var handler =
            new CollectingHandler { Gate = new(), Fault = attempt => attempt == 1 ? new InvalidDataException("bad") : null, Retry = (_, _) => false };
        await using var host = await new TestHost(
            ("Logging:Zotify:Handlers:Slow:QueueCapacity", "2"), ("Logging:Zotify:Handlers:Slow:Categories:0", "Slow"))
        {
            Logging = logging =>
            {
                logging.Services.AddSingleton(handler);
                logging.AddHandler<ForwardingHandler>("Slow");
            },
        }.StartAsync(Cancellation);
        using var metrics = new Measurements(host.Services);
        host.Logger().LogInformation("For {JobId}", "a job");
        host.Logger("Slow").LogInformation("lost in the handler");
        await handler.Entered.Task.WaitAsync(Cancellation);
        for (var i = 0; i < 5; i++) host.Logger("Slow").LogInformation("two wait, three are dropped");

        var full = metrics.Read();
        Assert.AreEqual((2, 2), (full["zotify.logging.queue.length Slow"], full["zotify.logging.queue.capacity Slow"]));
        Assert.IsGreaterThan(0, full["zotify.logging.queue.size Slow"]);
        Assert.AreEqual(32 * 1024 * 1024, full["zotify.logging.queue.limit Slow"]);
        Assert.AreEqual(3, full["zotify.logging.records.dropped Slow queue_full"]);

        handler.Gate.SetResult();
        await host.FlushAsync(FlushTo.Database, Cancellation);
        var done = metrics.Read();
        Assert.AreEqual(
            (2, 3, 1),
            (done["zotify.logging.records.written Slow"], done["zotify.logging.records.dropped Slow queue_full"], done["zotify.logging.records.dropped Slow handler_failed"]));
        Assert.AreEqual((0, 0), (done["zotify.logging.queue.length Slow"], done["zotify.logging.queue.size Slow"]));
        Assert.AreEqual(
            (1, 0, 0),
            (done["zotify.logging.records.written Jobs"], done["zotify.logging.projection.behind Jobs"], done["zotify.logging.records.rejected Jobs"]));
        Assert.IsFalse(done.ContainsKey("zotify.logging.records.dropped Jobs queue_full"), "what did not happen has no series");
    }

    [TestMethod]
    public async Task They_are_there_without_a_host_as_well()
    {
        var folder = Directory.CreateTempSubdirectory("zotify-metrics-");
        var services = new ServiceCollection()
            .AddLogging(logging => logging.AddZotify(options =>
            {
                options.Directory = folder.FullName;
                options.Database.ConnectionString = $"Data Source={Path.Combine(folder.FullName, "zotify.db")}";
            }));
        await using (var provider = services.BuildServiceProvider())
        {
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("Tests").LogInformation("one");
            using var metrics = new Measurements(provider);
            await provider.GetRequiredService<LoggingService>().FlushAsync(FlushTo.Disk, Cancellation);
            Assert.AreEqual(1, metrics.Read()["zotify.logging.records.written System"]);
        }

        folder.DeleteAll();
    }
}
