using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Benchmarks.Contenders;

/// <summary>A provider behind the standard <see cref="ILoggerFactory"/>, set so that it loses nothing, which writes into a file.</summary>
internal abstract class Contender
{
    /// <summary>Its name in tables.</summary>
    public abstract string Name { get; }

    /// <summary>Its role in the comparison.</summary>
    public abstract Role Role { get; }

    /// <summary>The name of its file in the folder; <see langword="null"/> if it writes no file.</summary>
    public virtual string? FileName => "app.log";

    /// <summary>Adds the provider.</summary>
    /// <param name="builder">The logging builder.</param>
    /// <param name="folder">The folder that it writes to.</param>
    public abstract void Add(ILoggingBuilder builder, string folder);

    /// <summary>Returns when every line is in the file. For most providers this is known only when they end.</summary>
    public virtual ValueTask DrainAsync(ServiceProvider services) => services.DisposeAsync();

    /// <summary>
    /// The services of an application without a host that logs only through it. Disposing of them writes the remaining records.
    /// </summary>
    public ServiceProvider Start(string folder)
    {
        var services = new ServiceCollection().AddLogging(builder => Add(builder, folder)).BuildServiceProvider();
        _ = services.GetRequiredService<ILoggerFactory>();
        return services;
    }

    /// <summary>The same, started as a host starts services, which most applications have.</summary>
    public async Task<ServiceProvider> StartAsync(string folder)
    {
        var services = Start(folder);
        foreach (var service in services.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
            await service.StartingAsync(CancellationToken.None);
        return services;
    }
}
