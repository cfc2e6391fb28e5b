using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Provider.Diagnostics;
using Zotify.Logging.Provider.Handlers.Audit;
using Zotify.Logging.Provider.Handlers.System;
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

    private Task<HealthCheckResult> CheckAsync(ServiceUnderTest service) =>
        new LoggingHealthCheck(service.Service).CheckHealthAsync(new HealthCheckContext(), TestContext.CancellationToken);
}
