using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// Reports more failures than a pipe holds, then logs durable events, and prints how many milliseconds each part took: the reports, the
/// events, the stop.
/// </summary>
internal sealed class UnreadReports : IChild
{
    public async Task<int> RunAsync(string[] arguments)
    {
        var builder = Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { ApplicationName = "unread", ContentRootPath = Environment.CurrentDirectory });
        builder.Logging.AddZotify(options =>
        {
            options.Handler<JsonAuditHandlerOptions>("Audit").Acknowledge = Acknowledgement.Durable;
            // An end that is held up shows by its time.
            options.ShutdownTimeout = TimeSpan.FromMinutes(5);
        });
        var host = builder.Build();
        await host.StartAsync();
        var start = Stopwatch.GetTimestamp();
        var diagnostics = host.Services.GetRequiredService<SelfDiagnostics>();
        for (var i = 0; i < 200; i++)
            diagnostics.Report(i.ToString(CultureInfo.InvariantCulture), FailureKind.Temporary, new string('x', 10_000));
        Report("reported", start);

        start = Stopwatch.GetTimestamp();
        var logger = host.Services.GetRequiredService<ILogger<UnreadReports>>();
        for (var i = 0; i < 100; i++) logger.LogInformation(new EventId(1001, "user.login"), "{n}", i);
        Report("logged", start);

        start = Stopwatch.GetTimestamp();
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
        Report("stopped", start);
        return 0;
    }

    private static void Report(string what, long start) =>
        Console.Out.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{what} {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0}"));
}
