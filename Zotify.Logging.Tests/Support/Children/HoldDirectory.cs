using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// A program without a host that logs into <c>logs</c> under the given instance, prints <c>holding</c>, and runs until its input ends. The
/// optional second argument is its lock timeout.
/// </summary>
internal sealed class HoldDirectory : IChild
{
    public async Task<int> RunAsync(string[] arguments)
    {
        await using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddZotify(options =>
            {
                options.Instance = arguments[0];
                if (arguments.Length > 1) options.LockTimeout = TimeSpan.Parse(arguments[1], CultureInfo.InvariantCulture);
            }))
            .BuildServiceProvider();
        services.GetRequiredService<ILogger<HoldDirectory>>().LogInformation("Held by {Instance}", arguments[0]);
        await services.GetRequiredService<LoggingService>().FlushAsync(FlushTo.Disk);
        await Console.Out.WriteLineAsync("holding");
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
