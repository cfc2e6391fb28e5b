using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>Logs durable audit events on every thread that the pool may have, so that none is left for others.</summary>
internal sealed class StarvedWriters : IChild
{
    private const int Events = 64;

    public async Task<int> RunAsync(string[] arguments)
    {
        await using var services = new ServiceCollection().AddLogging(logging => logging.AddZotify(
            options => options.Handler<JsonAuditHandlerOptions>("Audit").Acknowledge = Acknowledgement.Durable)).BuildServiceProvider();
        var logger = services.GetRequiredService<ILogger<StarvedWriters>>();
        logger.LogInformation(new EventId(1001, "user.login"), "The log is open");

        ThreadPool.SetMinThreads(1, 1);
        if (!ThreadPool.SetMaxThreads(Environment.ProcessorCount, Environment.ProcessorCount)) return 2;
        using var done = new CountdownEvent(Events);
        for (var i = 0; i < Events; i++)
        {
            ThreadPool.QueueUserWorkItem(_ =>
            {
                logger.LogInformation(new EventId(1001, "user.login"), "User {user_id} logged in", "u1");
                done.Signal();
            });
        }

        done.Wait();
        Console.Out.WriteLine("done");
        return 0;
    }
}
