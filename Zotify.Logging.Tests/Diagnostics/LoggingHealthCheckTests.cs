using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Handlers;
using Zotify.Logging.Monitoring;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Diagnostics;

[TestClass]
public sealed class LoggingHealthCheckTests
{
    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task All_handlers_that_write_are_healthy()
    {
        await using var service = new ServiceUnderTest().With(new CollectingHandler());
        service.Logger().LogInformation("written");
        Assert.AreEqual(HealthStatus.Healthy, (await CheckAsync(service)).Status);
    }

    [TestMethod]
    [DataRow(typeof(JsonAuditHandler), HealthStatus.Unhealthy)]
    [DataRow(typeof(FileStreamHandler), HealthStatus.Degraded)]
    public async Task Only_audit_records_that_cannot_be_written_make_it_unhealthy(Type handlerType, HealthStatus expected)
    {
        var failedOnce = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var handler = new CollectingHandler
        {
            Fault = attempt =>
            {
                if (attempt > 1) failedOnce.TrySetResult();
                return new IOException("No space left on device");
            },
            Retry = (_, _) => true,
        };
        await using var service = new ServiceUnderTest { ShutdownTimeout = TimeSpan.Zero }.With(_ => handler, handlerType, name: "Audit");
        service.Logger().LogInformation("not written");
        await failedOnce.Task.WaitAsync(TestContext.CancellationToken);
        var result = await CheckAsync(service);
        Assert.AreEqual(expected, result.Status);
        StringAssert.Contains(result.Description, "Audit does not write: No space left on device", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Audit_records_without_space_make_it_unhealthy_until_they_are_written_again_and_stay_reported()
    {
        var handler = new CollectingHandler { Gate = new() };
        await using var service = new ServiceUnderTest()
            .With(_ => handler, typeof(JsonAuditHandler), new LogHandlerOptions { QueueCapacity = 1, MaxBatchSize = 1 }, "Audit");
        service.Logger().LogInformation("in hand");
        await handler.Entered.Task.WaitAsync(TestContext.CancellationToken);
        service.Logger().LogInformation("queued");
        Assert.AreEqual(HealthStatus.Healthy, (await CheckAsync(service)).Status);
        service.Logger().LogInformation("refused");
        var full = await CheckAsync(service);
        Assert.AreEqual(
            (HealthStatus.Unhealthy, "Audit does not write: its queue is full; Audit dropped records since the start: queue_full 1"),
            (full.Status, full.Description));

        handler.Gate.SetResult();
        await service.Service.FlushAsync(FlushTo.Disk, TestContext.CancellationToken);
        var recovered = await CheckAsync(service);
        Assert.AreEqual(
            (HealthStatus.Healthy, "Audit dropped records since the start: queue_full 1"), (recovered.Status, recovered.Description));
        Assert.AreEqual(1L, recovered.Data["Audit.dropped.queue_full"]);
    }

    [TestMethod]
    public async Task Rejected_audit_records_are_reported_and_a_database_that_fails_degrades()
    {
        var handler =
            new ProjectedHandler { Status = new ProjectionStatus(Behind: 7, Rejected: 2, new IOException("the database is away")) };
        await using var service = new ServiceUnderTest().With(_ => handler, typeof(JsonAuditHandler), name: "Audit");
        await service.Service.StartedAsync(TestContext.CancellationToken);
        var away = await CheckAsync(service);
        Assert.AreEqual(
            (HealthStatus.Degraded, "Audit does not reach the database: the database is away; the database refused 2 records of Audit, "
                + "which its journal keeps"),
            (away.Status, away.Description));
        handler.Status = new ProjectionStatus(Behind: 0, Rejected: 2, Failure: null);
        Assert.AreEqual(HealthStatus.Healthy, (await CheckAsync(service)).Status);
        Assert.AreEqual((2, 0), (service.Status("Audit").Rejected, service.Status("Audit").Behind));
    }

    private Task<HealthCheckResult> CheckAsync(ServiceUnderTest service) =>
        new LoggingHealthCheck(service.Service).CheckHealthAsync(new HealthCheckContext(), TestContext.CancellationToken);

    private sealed class ProjectedHandler : BaseLogHandler
    {
        public ProjectionStatus Status { get; set; }

        internal override ProjectionStatus Projection => Status;

        protected internal override ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken) => default;
    }
}
