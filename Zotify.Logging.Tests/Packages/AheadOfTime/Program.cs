using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Zotify.Logging;
using Zotify.Logging.Queries;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.ClearProviders();
builder.Logging.AddZotify();
builder.Logging.AddHandler<OwnHandler>("Own");
IHost host;
try
{
    host = builder.Build();
    await host.StartAsync();
}
catch (OptionsValidationException invalid)
{
    foreach (var fault in invalid.Failures) Console.WriteLine(fault);
    return 2;
}

using var running = host;
var logs = host.Services.GetRequiredService<ILoggerFactory>();
var logger = logs.CreateLogger("App.Orders");
logger.LogDebug("Opened with {Pin} for {Customer}", 1234, "Ann");
logs.CreateLogger("App.Quiet").LogWarning("never written");
// Pairs with a type of value for which no code is compiled ahead of time.
logger.LogInformation("Set {Settings} and {Places}",
    new List<KeyValuePair<string, Tone>> { new("pin", Tone.Loud), new("tone", Tone.Quiet) },
    new Queue<KeyValuePair<string, Place>>([new("pin", new Place(12)), new("door", new Place(34))]));
try
{
    throw new InvalidOperationException("out of stock", new ArgumentException("no such item"));
}
catch (InvalidOperationException exception)
{
    logger.LogError(exception, "The order failed");
}

var placed = LoggerMessage.Define<string, int>(LogLevel.Information, new EventId(1, "order.placed"), "{user_id} ordered {amount}");
for (var i = 1; i <= 3; i++) placed(logger, "u1", i, null);
using (logger.BeginScope(new List<(string, object?)> { ("job_id", "j1"), ("tone", Tone.Loud) }))
{
    logger.LogInformation("Packed {done}/{total}", 2, 2);
    logger.LogInformation(new EventId(2, "job.completed"), "Packed");
}

await host.Services.GetRequiredService<LoggingService>().FlushAsync(FlushTo.Database, CancellationToken.None);
var events = await host.Services.GetRequiredService<AuditLog>().SearchAsync(new AuditQuery { UserIds = ["u1"] }, CancellationToken.None);
var job = await host.Services.GetRequiredService<JobLogs>().ReadAsync(new JobLogQuery("j1"), CancellationToken.None);
var followed = 0;
await foreach (var line in host.Services.GetRequiredService<SystemLogTail>().ReadAsync(
    new SystemLogQuery { Tail = 3 }, CancellationToken.None))
{
    if (line is SystemLogEntry && ++followed == 3) break;
}

var checkedLog = await host.Services.GetRequiredService<AuditVerifier>().VerifyAsync(CancellationToken.None);
Console.WriteLine($"events {events.Items.Count} job {job!.Job.Status} {job.Items.Count} followed {followed} log {checkedLog.Status}");
await host.StopAsync();
return 0;

internal readonly struct Place(int number)
{
    public override string ToString() => $"place {number}";
}
