using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// Logs entries of a job, each of which it awaits in the database, until retention has deleted the first segment. Then it prints how many
/// entries there are, and kills itself at the end of its input.
/// </summary>
internal sealed class PrunedJobs : IChild
{
    public async Task<int> RunAsync(string[] arguments)
    {
        var builder = Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { ContentRootPath = Environment.CurrentDirectory });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Logging:Zotify:Handlers:Audit:Enabled"] = "false",
            ["Logging:Zotify:Handlers:Jobs:MaxFileSize"] = "1024",
        });
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddZotify();
        using var host = builder.Build();
        await host.StartAsync();
        var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Pruned");
        var service = host.Services.GetRequiredService<LoggingService>();
        var entries = 0;
        for (var (first, begun) = (arguments[0], false); !begun || File.Exists(first);)
        {
            logger.LogInformation("{job_id} does step {n}", "j1", ++entries);
            await service.FlushAsync(FlushTo.Database);
            begun |= File.Exists(first);
            // Retention may have been faster than this look.
            begun |= entries > 100;
        }

        await Console.Out.WriteLineAsync(entries.ToString(CultureInfo.InvariantCulture));
        await Console.In.ReadToEndAsync();
        System.Diagnostics.Process.GetCurrentProcess().Kill();
        return 1;
    }
}
