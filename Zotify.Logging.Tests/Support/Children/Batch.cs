using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// A batch program: one logger factory, one job whose number of entries is the first argument, and the end. The second argument is its
/// <c>ShutdownTimeout</c>. It prints <c>logged</c> before the factory is disposed.
/// </summary>
internal sealed class Batch : IChild
{
    public const string Logged = "logged";

    public async Task<int> RunAsync(string[] arguments)
    {
        using var factory = LoggerFactory.Create(logging => logging.AddZotify(options =>
        {
            // The entries of the job are not for the system log.
            options.System.Enabled = false;
            if (arguments.Length > 1) options.ShutdownTimeout = TimeSpan.Parse(arguments[1], CultureInfo.InvariantCulture);
        }));
        var logger = factory.CreateLogger("Nightly");
        var total = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        logger.LogInformation(new EventId(1, "job.started"), "{JobId}: {Total} rows", "nightly", total);
        for (var done = 1; done <= total; done++) logger.LogInformation("{JobId}: row {Done} of {Total}", "nightly", done, total);
        logger.LogInformation(new EventId(2, "job.completed"), "{JobId} completed", "nightly");
        await Console.Out.WriteLineAsync(Logged);
        return 0;
    }
}
