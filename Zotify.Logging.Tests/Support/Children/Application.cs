using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// An application that logs and serves nothing, configured by its arguments. It prints <c>started</c>; then it runs the commands of its
/// input: <c>count from to</c> logs numbers of nine digits, <c>audit text</c> an event, <c>job id event</c> an entry. After each it prints
/// <c>logged</c>, when all of it is on the disk; after <c>project</c>, when it is in the database. <c>loaded names</c> prints the loaded
/// assemblies whose names begin so.
/// </summary>
internal sealed class Application : IChild
{
    public const string Started = "started";
    public const string Logged = "logged";

    public async Task<int> RunAsync(string[] arguments)
    {
        var builder = Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { ContentRootPath = Environment.CurrentDirectory, ApplicationName = "application" });
        builder.Configuration.AddCommandLine(arguments);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddZotify().AddZotifySqlServer();
        using var host = builder.Build();
        await host.StartAsync();
        await Console.Out.WriteLineAsync(Started);
        var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Load");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            Log(logger, line.Split(' '));
            await host.Services.GetRequiredService<LoggingService>().FlushAsync(line == "project" ? FlushTo.Database : FlushTo.Disk);
            await Console.Out.WriteLineAsync(Logged);
        }

        await host.StopAsync();
        return 0;
    }

    private static void Log(ILogger logger, string[] words)
    {
        switch (words)
        {
            case ["count", var from, var to]:
                for (var n = int.Parse(from, CultureInfo.InvariantCulture); n < int.Parse(to, CultureInfo.InvariantCulture); n++)
                    logger.LogInformation("{Number}", n.ToString("D9", CultureInfo.InvariantCulture));
                break;
            case ["audit", var text]:
                logger.LogInformation(new EventId(1001, "user.test"), "{Text} of {user_id}", text, "u1");
                break;
            case ["job", var id, var name]:
                logger.LogInformation(new EventId(1, name), "{job_id}: {Event}", id, name);
                break;
            case ["loaded", var names]:
                Console.WriteLine(
                    string.Join(
                        ' ',
                        AppDomain.CurrentDomain.GetAssemblies()
                            .Select(assembly => assembly.GetName().Name!).Where(name => name.StartsWith(names, StringComparison.Ordinal))));
                break;
            case ["project"]:
                break;
            default:
                throw new ArgumentException(string.Join(' ', words), nameof(words));
        }
    }
}
