using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// A host whose threads log durable audit events until it is killed, and print the number of each after its call has
/// returned. Small segments, so that it is killed while it rolls, too.
/// </summary>
internal sealed class DurableWriters : IChild
{
    private const int Threads = 8;

    private static readonly EventId Login = new(1001, "user.login");

    public async Task<int> RunAsync(string[] arguments)
    {
        var first = long.Parse(arguments[0], CultureInfo.InvariantCulture);
        var builder = Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { ApplicationName = "writers", ContentRootPath = Environment.CurrentDirectory });
        builder.Logging.AddZotify(options =>
        {
            var audit = options.Handler<JsonAuditHandlerOptions>("Audit");
            audit.Acknowledge = Acknowledgement.Durable;
            audit.MaxFileSize = 32 * 1024;
        });
        using var host = builder.Build();
        await host.StartAsync();
        var logger = host.Services.GetRequiredService<ILogger<DurableWriters>>();
        for (var i = 0; i < Threads; i++) new Thread(Write).Start();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        return 0;

        void Write()
        {
            while (true)
            {
                var n = Interlocked.Increment(ref first);
                logger.LogInformation(Login, "User {user_id} logged in as {n}", "u1", n);
                // One write for each line, so that a line that was printed before the kill is whole.
                Console.Out.WriteLine(n.ToString(CultureInfo.InvariantCulture));
            }
        }
    }
}
