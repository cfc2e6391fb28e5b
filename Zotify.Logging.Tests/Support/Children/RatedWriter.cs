using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// An application that logs at a rate, the first argument, in records a second, until its input ends: audit events, entries of a job of its
/// own, and entries of a job that all instances share. The other arguments are its configuration; the instance's name is one of them.
/// </summary>
internal sealed class RatedWriter : IChild
{
    public const string Started = RatedApplication.Started;
    public const string Shared = "shared";

    public Task<int> RunAsync(string[] arguments) => RatedApplication.RunAsync(
        arguments[0],
        TimeSpan.FromMilliseconds(20),
        arguments[1..],
        logging => logging.AddZotify().AddZotifySqlServer(),
        host =>
        {
            var logger = host.Services.GetRequiredService<ILogger<RatedWriter>>();
            var instance = host.Services.GetRequiredService<IConfiguration>()["Logging:Zotify:Instance"]!;
            return n => Log(logger, instance, n);
        });

    private static void Log(ILogger logger, string instance, long n)
    {
        if (n % 2 == 0) logger.LogInformation(new EventId(1001, "user.login"), "User {user_id} logged in as {n}", $"u{n % 50}", n);
        else logger.LogInformation("Entry {n} of {job_id}", n, n % 10 == 1 ? Shared : $"of-{instance}");
    }
}
