using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// An application that logs lines at a rate, the first argument, in lines a second, until its input ends. The second argument is its run,
/// which is in each line; the others are its configuration.
/// </summary>
internal sealed class LineWriter : IChild
{
    public const string Started = RatedApplication.Started;

    public Task<int> RunAsync(string[] arguments) => RatedApplication.RunAsync(
        arguments[0],
        TimeSpan.FromMilliseconds(10),
        arguments[2..],
        logging => logging.AddZotify(),
        host =>
        {
            var logger = host.Services.GetRequiredService<ILogger<LineWriter>>();
            return n => logger.LogInformation("Line {n} of run {run}", n, arguments[1]);
        });
}
